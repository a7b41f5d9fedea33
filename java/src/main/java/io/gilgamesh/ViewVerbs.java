package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link PythonObject} that show it as a Java collection. A view holds no copy: it
 * reads and writes the Python object, one crossing for an element, one for a batch while iterating.
 *
 * <p>A view lives as long as the handle it was made of, which {@link PythonObject#keep} makes
 * longer. Passed to Python it is the very object. It may be used from any thread, and is as little
 * guarded against changes by others as Java's own collections; within a transaction no other thread
 * comes between its calls unless Python lets one.
 */
abstract class ViewVerbs extends ConversionVerbs {

  ViewVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  private PythonObject self() {
    return (PythonObject) this;
  }

  /**
   * Shows a sequence as a list: a list, tuple, range, deque, array.array, or what has {@code
   * __len__} and {@code __getitem__} by index. Elements are read in their natural Java forms, those
   * of {@link PythonObject#toJava}, so a list in the list is a copy; {@code
   * asList(PythonObject.class)} gives handles.
   *
   * <p>{@code contains} and {@code indexOf} compare as Python does. What a sequence cannot do is an
   * UnsupportedOperationException.
   *
   * @return a view, which may be changed if the sequence can
   * @throws PythonConversionException if this is no sequence
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public List<@Nullable Object> asList() {
    return (List<@Nullable Object>) (List<?>) asList(Object.class);
  }

  /**
   * Shows a sequence as a list of elements of a class, which are converted one by one as they are
   * read. One that does not fit is told with its index. What is replaced or removed is converted
   * after the change.
   *
   * @param <T> the elements
   * @param elements the class of the elements, as in {@link PythonObject#to}; {@code PythonObject}
   *     gives a handle for each element read
   * @return a view, which may be changed if the sequence can
   * @throws PythonConversionException if this is no sequence
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> List<T> asList(Class<T> elements) {
    return new ListView<>(self(), elements);
  }

  /**
   * Shows a dict or another mapping as a map, in Python's order. Keys and values are read in their
   * natural Java forms. {@code get} never makes an entry, not in a defaultdict either; {@code null}
   * is None or absent, as {@code containsKey} tells.
   *
   * @return a view, which may be changed if the mapping can
   * @throws PythonConversionException if this is no mapping
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public Map<@Nullable Object, @Nullable Object> asMap() {
    return (Map<@Nullable Object, @Nullable Object>) (Map<?, ?>) asMap(Object.class, Object.class);
  }

  /**
   * Shows a dict or another mapping as a map with keys and values of a class each.
   *
   * @param <K> the keys
   * @param <V> the values
   * @param keys the class of the keys, as in {@link PythonObject#to}
   * @param values the class of the values, likewise
   * @return a view, which may be changed if the mapping can
   * @throws PythonConversionException if this is no mapping
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <K, V> Map<K, V> asMap(Class<K> keys, Class<V> values) {
    return new MapView<>(self(), keys, values);
  }

  /**
   * Shows a set, a frozenset, a dict's keys or items, or what else is a {@code
   * collections.abc.Set}, as a set. Elements are read in their natural Java forms.
   *
   * @return a view, which may be changed if the set can
   * @throws PythonConversionException if this is no set
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public Set<@Nullable Object> asSet() {
    return (Set<@Nullable Object>) (Set<?>) asSet(Object.class);
  }

  /**
   * Shows a set as a set of elements of a class.
   *
   * @param <T> the elements
   * @param elements the class of the elements, as in {@link PythonObject#to}
   * @return a view, which may be changed if the set can
   * @throws PythonConversionException if this is no set
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> Set<T> asSet(Class<T> elements) {
    return new SetView<>(self(), elements);
  }

  /**
   * Shows whatever Python can iterate. Each {@code iterator()} is Python's {@code iter()}: of a
   * generator, which yields its elements once, all of them go on where it stands.
   *
   * @return a view with elements in their natural Java forms
   * @throws PythonConversionException if this cannot be iterated
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public Iterable<@Nullable Object> asIterable() {
    return (Iterable<@Nullable Object>) (Iterable<?>) asIterable(Object.class);
  }

  /**
   * Shows whatever Python can iterate, with elements of a class. To end a generator early, iterate
   * over the object itself: its iterator can be closed.
   *
   * @param <T> the elements
   * @param elements the class of the elements, as in {@link PythonObject#to}
   * @return a view
   * @throws PythonConversionException if this cannot be iterated
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> Iterable<T> asIterable(Class<T> elements) {
    return new IterableView<>(self(), elements);
  }
}
