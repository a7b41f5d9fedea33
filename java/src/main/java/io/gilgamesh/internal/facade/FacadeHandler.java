package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.Invocations;
import io.gilgamesh.internal.LiveView;
import io.gilgamesh.internal.ReturnForm;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One proxy: the handle that it owns, and the ways that its methods have taken. Threads that call a
 * method for the first time at once may each look for its way; they find the same.
 */
class FacadeHandler implements InvocationHandler, LiveView {

  private final PythonObject object;
  private final Facade facade;
  private final @Nullable Way[] ways;
  private @Nullable Iterator<?> iterator;
  private int hash;

  FacadeHandler(PythonObject owned, Facade facade) {
    this.object = owned;
    this.facade = facade;
    this.ways = new Way[facade.size()];
  }

  @Override
  public final PythonObject object() {
    return object;
  }

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
    MethodPlan plan = facade.plan(method);
    if (plan == null) {
      return ofEveryObject(proxy, method, given);
    }
    Way way = ways[plan.index];
    if (way == null) {
      way = new WayFinder(object, plan).find();
      ways[plan.index] = way;
    }
    try {
      return way.go(this, proxy, plan, given);
    } catch (PythonException e) {
      throw JavaCauses.thrown(e, plan);
    }
  }

  /** The one iteration of a proxy that is an iterator. */
  final synchronized Iterator<?> iterator(MethodPlan plan) {
    Iterator<?> known = iterator;
    if (known == null) {
      ReturnForm form = Objects.requireNonNull(plan.iteration, "a method of an iterator");
      known = (Iterator<?>) Objects.requireNonNull(Invocations.itself(object, form));
      iterator = known;
    }
    return known;
  }

  // ---- what every object has

  private Object ofEveryObject(Object proxy, Method method, @Nullable Object @Nullable [] given) {
    return switch (method.getName()) {
      case "toString" -> text();
      case "hashCode" -> knownHash();
      default -> {
        Object other = given == null ? null : given[0];
        yield other != null && (other == proxy || isEqualNow(other));
      }
    };
  }

  String text() {
    return object.toString();
  }

  /** Whether this is equal to another object of Java's: the same object of Python's. */
  boolean isEqual(Object other) {
    FacadeHandler handler = Proxies.handler(other);
    return handler != null
        && handler.getClass() == getClass() // others hash in another way
        && object.isSame(handler.object);
  }

  /** A number that is the same for all proxies of an object. */
  int hash() {
    return Math.max(1, Long.hashCode(Invocations.identity(object) >>> 4) & Integer.MAX_VALUE);
  }

  private boolean isEqualNow(Object other) {
    try {
      return !object.isClosed() && isEqual(other);
    } catch (IllegalStateException e) {
      return false; // one of them was closed meanwhile
    }
  }

  /**
   * Asked for once. A proxy that is closed before anybody asked is equal to itself alone, so that
   * any number will do.
   */
  private int knownHash() {
    int known = hash;
    if (known == 0) {
      known = computed();
      hash = known;
    }
    return known;
  }

  private int computed() {
    try {
      return hash();
    } catch (IllegalStateException e) {
      return System.identityHashCode(this);
    }
  }
}
