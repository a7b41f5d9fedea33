/**
 * Runs CPython inside this JVM. What a newcomer needs, in this order:
 *
 * <ol>
 *   <li>{@link io.gilgamesh.Python} starts the interpreter, one in a process, and is closed when
 *       the work is done.
 *   <li>{@link io.gilgamesh.PythonContext}, opened by name, is a scope with variables of its own:
 *       it runs code, gets and sets variables and calls functions, from any thread.
 *   <li>{@link io.gilgamesh.PythonTransaction}, begun on a context, keeps a thread attached: many
 *       steps then cost little each, and the objects they give are released together at its end.
 *   <li>{@link io.gilgamesh.PythonObject} is a Python object held by Java: it is called, asked for
 *       attributes and elements, and converted to Java values.
 * </ol>
 *
 * <pre>{@code
 * try (Python python = Python.start();
 *     PythonContext context = python.contexts().open("numbers")) {
 *   context.exec("def square(x): return x * x");
 *   long nine = context.callLong("square", 3);
 *   try (PythonTransaction tx = context.begin()) {
 *     PythonObject math = tx.importModule("math");
 *     double root = math.callDouble("sqrt", nine);
 *   }
 * }
 * }</pre>
 *
 * <p>Python code calls Java: lambdas and objects that are set as variables, and the classes that
 * {@link io.gilgamesh.HostAccess} allows it to import. What has a value form is copied, every other
 * object crosses as itself, and {@link io.gilgamesh.JavaObject} makes a value cross so too.
 *
 * <p>A Python object can be a Java object of an interface, see {@link
 * io.gilgamesh.PythonObject#as(Class)}. Much data crosses best as a {@link
 * io.gilgamesh.PythonTable}, columns in one piece. What Python raises becomes a {@link
 * io.gilgamesh.PythonException}. {@link io.gilgamesh.PythonConfig} chooses a Python, {@link
 * io.gilgamesh.PythonDiagnosis} tells how the choice comes about, {@link
 * io.gilgamesh.PythonEnvironment} adds packages to it.
 */
@NullMarked
package io.gilgamesh;

import org.jspecify.annotations.NullMarked;
