package io.gilgamesh;

import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.LiveView;
import io.gilgamesh.internal.ViewForm;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A Python set as a set.
 *
 * @param <T> the elements
 */
final class SetView<T> extends AbstractSet<T> implements LiveView {

  private final Viewed viewed;
  private final ElementType<T> type;

  SetView(PythonObject object, Class<T> elements) {
    this.type = ElementType.of(object.context, elements);
    this.viewed = Viewed.set(object);
  }

  @Override
  public PythonObject object() {
    return viewed.object;
  }

  @Override
  public int size() {
    return viewed.size();
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return viewed.contains(element);
  }

  @Override
  public boolean add(T element) {
    viewed.mustInsert();
    return changed(viewed.add(element));
  }

  @Override
  public boolean addAll(Collection<? extends T> elements) {
    if (!viewed.can(ViewForm.EXTENDS)) {
      return super.addAll(elements);
    }
    int before = size();
    Object added = elements instanceof LiveView ? elements : Arrays.asList(elements.toArray());
    viewed.call("update", added);
    return changed(size() != before);
  }

  @Override
  public boolean remove(@Nullable Object element) {
    viewed.mustDelete();
    return changed(viewed.discard(element));
  }

  @Override
  public void clear() {
    viewed.mustDelete();
    if (viewed.can(ViewForm.CLEARS)) {
      viewed.call("clear");
      viewed.changes++;
    } else {
      super.clear();
    }
  }

  private boolean changed(boolean changed) {
    if (changed) {
      viewed.changes++;
    }
    return changed;
  }

  @Override
  public Iterator<T> iterator() {
    return new Elements();
  }

  private final class Elements extends ViewIterator<T> {

    Elements() {
      super(viewed, Batches.of(type), viewed.changes);
    }

    @Override
    int changes() {
      return viewed.changes;
    }

    @Override
    T current() {
      return type.of(cursor.first(), () -> "{}");
    }

    @Override
    void removeCurrent() {
      if (!SetView.this.remove(cursor.first())) {
        throw gone();
      }
    }
  }

  @Override
  public @Nullable Object[] toArray() {
    return ViewCursor.all(viewed.object, type, index -> "{}");
  }

  @Override
  public <A> A[] toArray(A[] given) {
    return Arrays.asList(toArray()).toArray(given);
  }
}
