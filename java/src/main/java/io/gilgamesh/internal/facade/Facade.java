package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ResolvedType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the proxies of the same interfaces share: a plan for each method, made once. Kept with the
 * interface that lives no longer than the others, so that no class loader is held by another's
 * class.
 */
final class Facade {

  private static final ClassValue<Facade> SINGLE =
      new ClassValue<>() {
        @Override
        protected Facade computeValue(Class<?> type) {
          return new Facade(List.of(ResolvedType.of(type)));
        }
      };

  private static final ClassValue<Map<List<ResolvedType>, Facade>> OTHERS =
      new ClassValue<>() {
        @Override
        protected Map<List<ResolvedType>, Facade> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  private final ClassLoader loader;
  private final Class<?>[] interfaces;
  private final Map<Method, MethodPlan> plans;
  private final Implementation implementation = new Implementation(this);

  private Facade(List<ResolvedType> types) {
    interfaces = types.stream().map(ResolvedType::raw).toArray(Class<?>[]::new);
    loader = Interfaces.loaderOf(interfaces);
    plans = plans(types);
  }

  static Facade of(Class<?>... interfaces) {
    if (interfaces.length == 1) {
      return SINGLE.get(Parameters.required(interfaces[0], "type"));
    }
    Set<ResolvedType> types = new LinkedHashSet<>();
    for (Class<?> type : interfaces) {
      types.add(ResolvedType.of(Parameters.required(type, "type")));
    }
    return of(List.copyOf(types));
  }

  static Facade of(List<ResolvedType> types) {
    if (types.size() == 1 && types.get(0).arguments().isEmpty()) {
      return SINGLE.get(types.get(0).raw());
    }
    Class<?> owner = new ResolvedType(types.get(0).raw(), types).owner();
    return OTHERS.get(owner).computeIfAbsent(types, Facade::new);
  }

  private static Map<Method, MethodPlan> plans(List<ResolvedType> types) {
    Map<Method, MethodPlan> plans = new LinkedHashMap<>();
    for (ResolvedType type : types) {
      InterfaceMethods methods = new InterfaceMethods(type);
      for (Method method : methods.all()) {
        plans.putIfAbsent(method, methods.plan(method, plans.size()));
      }
    }
    return new HashMap<>(plans);
  }

  Object proxy(PythonObject owned) {
    return proxy(new FacadeHandler(owned, this));
  }

  Object proxy(FacadeHandler handler) {
    return Proxy.newProxyInstance(loader, interfaces, handler);
  }

  /** What Python classes are that derive from the interfaces. */
  Implementation implementation() {
    return implementation;
  }

  /** The plan of a method, null for those that every object has. */
  @Nullable MethodPlan plan(Method method) {
    return plans.get(method);
  }

  Collection<MethodPlan> plans() {
    return plans.values();
  }

  int size() {
    return plans.size();
  }
}
