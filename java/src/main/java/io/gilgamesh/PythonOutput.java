package io.gilgamesh;

import org.jspecify.annotations.Nullable;

/**
 * What Python code wrote while a body ran, see {@link PythonContext#capture}.
 *
 * @param <T> the type of the body's result
 * @param result what the body returned
 * @param out what was written to {@code sys.stdout}; bytes that are no UTF-8 are replaced
 * @param err what was written to {@code sys.stderr}
 */
public record PythonOutput<T extends @Nullable Object>(T result, String out, String err) {}
