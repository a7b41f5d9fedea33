package io.gilgamesh;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A converter made of two functions. */
record FunctionConverter<T, V>(
    Class<T> type,
    Class<V> form,
    Function<? super T, ? extends @Nullable V> there,
    Function<? super V, ? extends T> back)
    implements PythonConverter<T, V> {

  @Override
  public @Nullable V toPython(T value) {
    return there.apply(value);
  }

  @Override
  public T toJava(V value) {
    return back.apply(value);
  }
}
