package io.gilgamesh.internal.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes where a function is wanted: their constructor, as {@code ArrayList::new} is in Java and
 * {@code list} in Python. What scripts may not construct is refused when it is called.
 */
final class ConstructorFits {

  private static final MethodHandle CONSTRUCT =
      StaticHandles.find(
          ConstructorFits.class, "construct", Object.class, MemberGroup.class, Object[].class);

  private ConstructorFits() {}

  static Fit of(Class<?> type) {
    Method method = Functions.single(type);
    boolean open = Modifier.isPublic(type.getModifiers()) && !type.isSealed();
    return method != null && open && Functions.isMeant(type)
        ? Fit.implicit(value -> function((Class<?>) value, type, method)).with(Fit.Certainty.ALONE)
        : Fit.NONE;
  }

  private static Object function(Class<?> constructed, Class<?> type, Method method) {
    MemberGroup constructor =
        constructed.isPrimitive() ? null : HostClass.of(constructed).members().constructor();
    if (constructor == null) {
      throw Parameter.misfit(constructed, type, "it has no constructor that scripts can use");
    }
    return MethodHandleProxies.asInterfaceInstance(
        type,
        CONSTRUCT.bindTo(constructor).asCollector(Object[].class, method.getParameterCount()));
  }

  /** What {@link #CONSTRUCT} calls. */
  static @Nullable Object construct(MemberGroup constructor, @Nullable Object[] arguments)
      throws Throwable {
    return constructor.call(null, arguments, Map.of(), null);
  }
}
