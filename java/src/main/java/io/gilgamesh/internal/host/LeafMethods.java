package io.gilgamesh.internal.host;

import io.gilgamesh.PythonLeaf;
import io.gilgamesh.internal.host.Leaf.Argument;
import io.gilgamesh.internal.host.Leaf.Body;
import io.gilgamesh.internal.host.Leaf.Result;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes leaves of the methods that are marked with {@link PythonLeaf}. */
final class LeafMethods {

  private static final Logger LOGGER = System.getLogger("io.gilgamesh.upcalls");

  private static final MethodType BODY =
      MethodType.methodType(long.class, Object.class, long.class);

  private static final Map<Class<?>, Argument> ARGUMENTS =
      Map.of(
          int.class, Argument.INTEGER,
          long.class, Argument.INTEGER,
          double.class, Argument.REAL,
          String.class, Argument.TEXT);

  private static final Map<Class<?>, Result> RESULTS =
      Map.of(
          byte.class, Result.INTEGER,
          short.class, Result.INTEGER,
          int.class, Result.INTEGER,
          long.class, Result.INTEGER,
          float.class, Result.REAL,
          double.class, Result.REAL,
          boolean.class, Result.BOOLEAN,
          void.class, Result.NOTHING);

  private static final MethodHandle TO_INT =
      StaticHandles.find(Math.class, "toIntExact", int.class, long.class);
  private static final MethodHandle TO_REAL =
      StaticHandles.find(Double.class, "longBitsToDouble", double.class, long.class);
  private static final MethodHandle TO_TEXT =
      StaticHandles.find(Leaf.class, "text", String.class, long.class);
  private static final MethodHandle OF_REAL =
      StaticHandles.find(Double.class, "doubleToRawLongBits", long.class, double.class);

  private LeafMethods() {}

  /** Makes the leaves of a name; those that are marked without being fit for it are told of. */
  static List<Leaf> of(List<Overload> overloads) {
    List<Leaf> made = new ArrayList<>();
    for (Overload overload : overloads) {
      Method method = marked(overload);
      if (method != null) {
        String reason = unfit(method, overload, overloads);
        if (reason == null) {
          made.add(leaf(method, overload));
        } else {
          LOGGER.log(
              Level.WARNING,
              "@PythonLeaf on " + method.toGenericString() + " has no effect: " + reason);
        }
      }
    }
    return made;
  }

  /** The JDK marks nothing; looking there would load its annotations. */
  private static @Nullable Method marked(Overload overload) {
    return overload.member() instanceof Method method
            && !AccessRules.isJdk(method.getDeclaringClass())
            && method.isAnnotationPresent(PythonLeaf.class)
            && overload.refusal() == null
        ? method
        : null;
  }

  private static @Nullable String unfit(
      Method method, Overload overload, List<Overload> overloads) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length > 1
        || (parameters.length == 1 && !ARGUMENTS.containsKey(parameters[0]))) {
      return "a leaf takes nothing, or one int, long, double or String";
    } else if (!RESULTS.containsKey(method.getReturnType())) {
      return "a leaf gives a number of a primitive type, a boolean or nothing";
    } else if (overloads.stream().anyMatch(other -> isRival(other, overload))) {
      return "another overload takes as many arguments";
    }
    return null;
  }

  private static boolean isRival(Overload other, Overload leaf) {
    return other != leaf
        && (other.shape().varargs() || other.parameters().size() == leaf.parameters().size());
  }

  private static Leaf leaf(Method method, Overload overload) {
    Class<?> owner = method.getDeclaringClass();
    boolean isFinal = Modifier.isFinal(method.getModifiers() | owner.getModifiers());
    Class<?>[] parameters = method.getParameterTypes();
    return Leaf.of(
        parameters.length == 0 ? Argument.NONE : known(ARGUMENTS, parameters[0]),
        known(RESULTS, method.getReturnType()),
        overload.isStatic() || isFinal ? null : owner,
        body(overload));
  }

  private static <T> T known(Map<Class<?>, T> all, Class<?> type) {
    return Objects.requireNonNull(all.get(type), type::getName);
  }

  private static Body body(Overload overload) {
    MethodHandle adapted = withLongs(overload.handle());
    MethodHandle whole = overload.isStatic() ? withReceiver(adapted) : adapted;
    int count = whole.type().parameterCount();
    MethodHandle handle =
        (count == 1 ? MethodHandles.dropArguments(whole, 1, long.class) : whole).asType(BODY);
    return (receiver, argument) -> (long) handle.invokeExact(receiver, argument);
  }

  private static MethodHandle withReceiver(MethodHandle ofStatic) {
    return MethodHandles.dropArguments(ofStatic, 0, Object.class);
  }

  /** Its argument and its result as longs. */
  private static MethodHandle withLongs(MethodHandle method) {
    int last = method.type().parameterCount() - 1;
    MethodHandle filter = last < 0 ? null : filter(method.type().parameterType(last));
    MethodHandle taking =
        filter == null ? method : MethodHandles.filterArguments(method, last, filter);
    return giving(taking, method.type().returnType());
  }

  private static @Nullable MethodHandle filter(Class<?> parameter) {
    if (parameter == int.class) {
      return TO_INT;
    } else if (parameter == double.class) {
      return TO_REAL;
    }
    return parameter == String.class ? TO_TEXT : null;
  }

  private static MethodHandle giving(MethodHandle method, Class<?> result) {
    if (result == void.class) {
      MethodHandle nothing = MethodHandles.constant(long.class, 0L);
      return MethodHandles.filterReturnValue(method, nothing);
    } else if (result == boolean.class) {
      return MethodHandles.explicitCastArguments(
          method, method.type().changeReturnType(long.class));
    } else if (result == float.class || result == double.class) {
      MethodHandle widened = method.asType(method.type().changeReturnType(double.class));
      return MethodHandles.filterReturnValue(widened, OF_REAL);
    }
    return method.asType(method.type().changeReturnType(long.class));
  }
}
