/**
 * Runs CPython inside this JVM.
 *
 * <p>{@link io.gilgamesh.PythonConfig} chooses a Python, {@link io.gilgamesh.PythonDiagnosis} tells
 * how the choice comes about, {@link io.gilgamesh.PythonEnvironment} adds packages to it.
 */
@NullMarked
package io.gilgamesh;

import org.jspecify.annotations.NullMarked;
