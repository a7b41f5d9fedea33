package io.gilgamesh.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a record is taken apart and made; found once for each class. */
final class RecordShape {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final Class<?> type;
  private final RecordComponent[] components;
  private final Method[] accessors;
  private final Constructor<?> constructor;

  private RecordShape(Class<?> type) {
    this.type = type;
    components = type.getRecordComponents();
    accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
      // The record's class may be the caller's own and not public.
      constructor.setAccessible(true);
      for (Method accessor : accessors) {
        accessor.setAccessible(true);
      }
    } catch (NoSuchMethodException e) {
      throw new LinkageError("a record without its canonical constructor: " + type, e);
    } catch (InaccessibleObjectException e) {
      throw new PathFailure(
          "the record "
              + type.getName()
              + " is not accessible: open its package to the module of Gilgamesh");
    }
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<RecordComponent> components() {
    return List.of(components);
  }

  /** Gives a component's value. */
  @Nullable Object get(Object holder, int component) {
    try {
      return accessors[component].invoke(holder);
    } catch (InvocationTargetException e) {
      throw new PathFailure("the accessor of " + type.getSimpleName() + " threw " + e.getCause());
    } catch (IllegalAccessException e) {
      throw new LinkageError("made accessible", e);
    }
  }

  /** Makes a record; what its constructor throws is the failure's message. */
  Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new PathFailure(type.getSimpleName() + " refuses it: " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("made accessible", e);
    }
  }
}
