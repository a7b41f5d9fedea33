package io.gilgamesh.internal.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Calls a method handle with a target and arguments that fit it, without an array where few. */
final class Invoker {

  /** As many parameters are passed one by one. */
  private static final int MOST_SINGLE = 4;

  private static final int SPREAD = MOST_SINGLE + 1;
  private static final int WITH_TARGET = 10;

  private final MethodHandle handle;

  /** How many parameters without the target, and {@link #WITH_TARGET} where there is one. */
  private final int shape;

  /**
   * Makes an invoker.
   *
   * @param direct the member's handle, whose first parameter is the target where there is one
   * @param isStatic whether there is none
   */
  Invoker(MethodHandle direct, boolean isStatic) {
    MethodHandle fixed = direct.asFixedArity();
    int count = fixed.type().parameterCount();
    MethodHandle generic = fixed.asType(MethodType.genericMethodType(count));
    int arguments = isStatic ? count : count - 1;
    boolean spread = count > MOST_SINGLE;
    handle = spread ? generic.asSpreader(Object[].class, arguments) : generic;
    shape = (isStatic ? 0 : WITH_TARGET) + (spread ? SPREAD : arguments);
  }

  @Nullable Object invoke(@Nullable Object target, @Nullable Object[] arguments) throws Throwable {
    return switch (shape) {
      case 0 -> (Object) handle.invokeExact();
      case 1 -> (Object) handle.invokeExact(arguments[0]);
      case 2 -> (Object) handle.invokeExact(arguments[0], arguments[1]);
      case 3 -> (Object) handle.invokeExact(arguments[0], arguments[1], arguments[2]);
      case WITH_TARGET -> (Object) handle.invokeExact(target);
      case WITH_TARGET + 1 -> (Object) handle.invokeExact(target, arguments[0]);
      case WITH_TARGET + 2 -> (Object) handle.invokeExact(target, arguments[0], arguments[1]);
      default -> invokeMany(target, arguments);
    };
  }

  private @Nullable Object invokeMany(@Nullable Object target, @Nullable Object[] arguments)
      throws Throwable {
    return switch (shape) {
      case 4 -> (Object) handle.invokeExact(arguments[0], arguments[1], arguments[2], arguments[3]);
      case SPREAD -> (Object) handle.invokeExact(arguments);
      case WITH_TARGET + 3 ->
          (Object) handle.invokeExact(target, arguments[0], arguments[1], arguments[2]);
      default -> (Object) handle.invokeExact(target, arguments);
    };
  }
}
