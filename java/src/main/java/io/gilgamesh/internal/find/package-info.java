/**
 * Choosing and preparing a Python, in Java alone: nothing here loads a native library.
 *
 * <p>{@link io.gilgamesh.internal.find.PythonFinder} is the way in. In the order of dependence:
 * {@code Platform}, {@code FileTree}, {@code Subprocess}; {@code Surroundings} and {@code
 * CacheFolder}; {@code FolderLock} and {@link io.gilgamesh.internal.find.ContentCache}; {@code
 * Question}, {@code Answer} and {@code Memory}; {@code Interpreters} and {@code Libraries}; the
 * {@code Embedded} classes; {@code Search} and the finder.
 */
@NullMarked
package io.gilgamesh.internal.find;

import org.jspecify.annotations.NullMarked;
