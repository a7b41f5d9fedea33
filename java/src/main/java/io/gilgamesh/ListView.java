package io.gilgamesh;

import io.gilgamesh.internal.Access;
import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.LiveView;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.ViewForm;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python sequence as a list.
 *
 * <p>It has no {@code RandomAccess}: that mark tells algorithms that {@code get(i)} in a loop is as
 * fast as an iterator, and here the iterator is faster, since it crosses once for many elements.
 *
 * @param <T> the elements
 */
final class ListView<T> extends AbstractList<T> implements LiveView {

  private final Viewed viewed;
  private final ElementType<T> type;

  ListView(PythonObject object, Class<T> elements) {
    this.type = ElementType.of(object.context, elements);
    this.viewed = Viewed.sequence(object);
  }

  @Override
  public PythonObject object() {
    return viewed.object;
  }

  // ---- reading

  @Override
  public int size() {
    return viewed.size();
  }

  @Override
  public T get(int index) {
    return element(index, Access.FIND, null);
  }

  /** Reads, replaces or removes an element, and gives the one that was there. */
  private T element(int index, int access, @Nullable Object other) {
    PythonObject object = viewed.object;
    try (Exchange exchange = object.lease()) {
      long ref = object.ref();
      long result =
          index < 0
              ? Access.ABSENT
              : Access.element(exchange, ref, index, access, other, type.want());
      if (result != Access.ABSENT) {
        return type.read(exchange, result, index);
      }
    }
    throw outside(index);
  }

  private IndexOutOfBoundsException outside(int index) {
    return StackTraces.trimmed(
        new IndexOutOfBoundsException("index " + index + " of a list of " + size()));
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return viewed.contains(element);
  }

  @Override
  public int indexOf(@Nullable Object element) {
    return viewed.place(element, Access.FIRST);
  }

  @Override
  public int lastIndexOf(@Nullable Object element) {
    return viewed.place(element, Access.LAST);
  }

  @Override
  public Iterator<T> iterator() {
    return new Elements();
  }

  private final class Elements extends ViewIterator<T> {

    private int index = -1;

    Elements() {
      super(viewed, Batches.of(type), modCount);
    }

    @Override
    int changes() {
      return modCount;
    }

    @Override
    T current() {
      index++;
      return type.of(cursor.first(), () -> ElementType.step(index));
    }

    @Override
    void removeCurrent() {
      ListView.this.remove(index);
      index--;
    }
  }

  @Override
  public @Nullable Object[] toArray() {
    return ViewCursor.all(viewed.object, type, ElementType::step);
  }

  @Override
  public <A> A[] toArray(A[] given) {
    return Arrays.asList(toArray()).toArray(given);
  }

  // ---- writing

  @Override
  public T set(int index, T element) {
    viewed.mustSet();
    return element(index, Access.REPLACE, element);
  }

  @Override
  public boolean add(T element) {
    if (viewed.can(ViewForm.APPENDS)) {
      viewed.call("append", element);
      modCount++;
    } else {
      add(size(), element);
    }
    return true;
  }

  @Override
  public void add(int index, T element) {
    viewed.mustInsert();
    checkPlace(index);
    viewed.call("insert", index, element);
    modCount++;
  }

  private void checkPlace(int index) {
    if (index < 0 || index > size()) {
      throw outside(index);
    }
  }

  @Override
  public boolean addAll(Collection<? extends T> elements) {
    if (!viewed.can(ViewForm.EXTENDS)) {
      return addAll(size(), elements);
    }
    Object added = elements instanceof ListView<?> ? elements : Arrays.asList(elements.toArray());
    int before = size();
    viewed.call("extend", added);
    modCount++;
    return size() != before;
  }

  @Override
  public boolean addAll(int index, Collection<? extends T> elements) {
    viewed.mustInsert();
    checkPlace(index);
    if (!viewed.can(ViewForm.SLICES)) {
      return super.addAll(index, elements);
    }
    @Nullable Object[] added = elements.toArray();
    viewed.object.setItem(PythonSlice.of(index, index), Arrays.asList(added));
    modCount++;
    return added.length > 0;
  }

  @Override
  public T remove(int index) {
    viewed.mustDelete();
    T removed = element(index, Access.REMOVE, null);
    modCount++;
    return removed;
  }

  @Override
  public boolean remove(@Nullable Object element) {
    viewed.mustDelete();
    int index = indexOf(element);
    if (index >= 0) {
      remove(index);
    }
    return index >= 0;
  }

  @Override
  public void clear() {
    if (viewed.can(ViewForm.CLEARS)) {
      viewed.call("clear");
      modCount++;
    } else {
      removeRange(0, size());
    }
  }

  @Override
  protected void removeRange(int from, int to) {
    if (from == to) {
      return;
    }
    viewed.mustDelete();
    if (viewed.can(ViewForm.SLICES)) {
      viewed.object.deleteItem(PythonSlice.of(from, to));
    } else {
      for (int i = to - 1; i >= from; i--) {
        viewed.object.deleteItem(i);
      }
    }
    modCount++;
  }

  /** Sorts by the Java forms of the elements; the very objects change their places. */
  @Override
  public void sort(@Nullable Comparator<? super T> order) {
    viewed.mustSet();
    @Nullable Object[] handles =
        ViewCursor.all(viewed.object, ElementType.HANDLES, ElementType::step);
    try {
      List<Object> sorted = ListSort.sorted(handles, toArray(), order);
      if (viewed.can(ViewForm.SLICES)) {
        viewed.object.setItem(PythonSlice.all(), sorted);
      } else {
        for (int i = 0; i < sorted.size(); i++) {
          viewed.object.setItem(i, sorted.get(i));
        }
      }
      modCount++;
    } finally {
      ListSort.close(handles);
    }
  }
}
