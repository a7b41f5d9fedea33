package io.gilgamesh.internal.host;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** Which methods are one another's, after erasure. */
final class Signatures {

  private Signatures() {}

  /** What methods have in common that override each other. */
  record Key(String name, List<Class<?>> parameters) {
    static Key of(Method method) {
      return new Key(method.getName(), List.of(method.getParameterTypes()));
    }
  }

  /** Whether a method has the name and parameters of one above it, generics erased. */
  static boolean overrides(Executable method, Method above) {
    return above.getName().equals(method.getName())
        && Arrays.equals(above.getParameterTypes(), method.getParameterTypes());
  }

  /**
   * Whether a bridge stands for another method of its class, with narrower parameters or result.
   * The other kind of bridge makes a method public that a class inherits from one that is not.
   */
  static boolean isSecondForm(Method bridge) {
    return Arrays.stream(bridge.getDeclaringClass().getDeclaredMethods())
        .anyMatch(method -> !method.isBridge() && isNarrower(method, bridge));
  }

  private static boolean isNarrower(Method method, Method bridge) {
    return method.getName().equals(bridge.getName())
        && !Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == bridge.getParameterCount()
        && bridge.getReturnType().isAssignableFrom(method.getReturnType())
        && allAssignable(bridge.getParameterTypes(), method.getParameterTypes());
  }

  private static boolean allAssignable(Class<?>[] wide, Class<?>[] narrow) {
    for (int i = 0; i < wide.length; i++) {
      if (!wide[i].isAssignableFrom(narrow[i])) {
        return false;
      }
    }
    return true;
  }
}
