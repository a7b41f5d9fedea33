package io.gilgamesh.internal;

import io.gilgamesh.PythonName;
import io.gilgamesh.PythonNamedTuple;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a record is called in Python, taken apart and made; found once for each class. */
final class RecordShape {

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  /** An entry that a dict has besides the components: which record of its family it is. */
  record Constant(String key, String label) {}

  private final Class<?> type;
  private final RecordComponent[] components;
  private final String[] names;
  private final List<Constant> constants;
  private final Method[] accessors;
  private final Constructor<?> constructor;

  /** The number of the shape in which records of this class cross to Python; 0 before the first. */
  private volatile int number;

  private RecordShape(Class<?> type) {
    this.type = type;
    components = type.getRecordComponents();
    names = Arrays.stream(components).map(RecordShape::name).toArray(String[]::new);
    constants = RecordFamily.constants(type);
    checkNames();
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

  private static String name(RecordComponent component) {
    PythonName named = component.getAnnotation(PythonName.class);
    return named == null ? component.getName() : named.value();
  }

  private void checkNames() {
    List<String> all = List.of(names);
    for (Constant constant : constants) {
      if (all.contains(constant.key)) {
        throw new PathFailure(
            "the component '"
                + constant.key
                + "' of "
                + type.getName()
                + " has the name of its"
                + " family's discriminator: give one another name by @PythonName or"
                + " @PythonDiscriminator");
      }
    }
    if (all.stream().distinct().count() < names.length) {
      throw new PathFailure("two components of " + type.getName() + " have one name: " + all);
    }
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<RecordComponent> components() {
    return List.of(components);
  }

  /** What the record is called in Python. */
  String title() {
    return RecordFamily.label(type);
  }

  /** The name of a component in Python. */
  String name(int component) {
    return names[component];
  }

  List<String> names() {
    return List.of(names);
  }

  int size() {
    return names.length;
  }

  List<Constant> constants() {
    return constants;
  }

  boolean isTuple() {
    return type.isAnnotationPresent(PythonNamedTuple.class);
  }

  /** The number by which a request names this shape. */
  int number() {
    int known = number;
    if (known == 0) {
      known = ShapeDefinition.define(new RecordReader(type, this));
      number = known;
    }
    return known - Want.SHAPES;
  }

  /** Gives a component's value. */
  @Nullable Object get(Object holder, int component) {
    try {
      return accessors[component].invoke(holder);
    } catch (InvocationTargetException e) {
      throw new PathFailure("the accessor of " + type.getSimpleName() + " threw " + thrown(e));
    } catch (IllegalAccessException e) {
      throw new LinkageError("made accessible", e);
    }
  }

  /** What the record's own code threw, but a lack of stack or memory: that is the thread's. */
  private static @Nullable Throwable thrown(InvocationTargetException e) {
    if (e.getCause() instanceof VirtualMachineError lack) {
      throw lack;
    }
    return e.getCause();
  }

  /** Makes a record; what its constructor throws is the failure's message. */
  Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new Misfit(type.getSimpleName() + " refuses it: " + thrown(e));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("made accessible", e);
    }
  }
}
