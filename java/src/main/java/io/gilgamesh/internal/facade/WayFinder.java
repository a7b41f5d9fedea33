package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.StackTraces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way of a method for one object, by what the object has when the method is called first:
 * an attribute of its name; Java's default method; a protocol of Python; a property; the object
 * itself, where it can be called.
 */
final class WayFinder {

  private final PythonObject object;
  private final MethodPlan plan;

  WayFinder(PythonObject object, MethodPlan plan) {
    this.object = object;
    this.plan = plan;
  }

  Way find() {
    // A bridge of javac's leads to the method that it stands for, which comes here again.
    Way way = plan.method.isBridge() ? Way.JAVA : ofAttribute();
    if (way == null) {
      way = plan.isAbstract() ? ofAbstract() : Way.JAVA;
    }
    if (way == null) {
      throw missing();
    }
    return way;
  }

  private @Nullable Way ofAttribute() {
    Optional<PythonObject> found = object.findAttr(plan.name);
    if (found.isEmpty()) {
      return null;
    }
    try (PythonObject attribute = found.get()) {
      if (!plan.isAbstract() && (isInherited() || isJavas(attribute))) {
        return null;
      }
      return plan.mayRead() && !attribute.isCallable() ? Way.READ : Way.CALL;
    }
  }

  /** Whether a default method is the one that a class has for deriving from the interface. */
  private static boolean isJavas(PythonObject attribute) {
    return has(attribute, "_java_default_");
  }

  /** Whether a special method is the one that every object has. */
  private boolean isInherited() {
    if (!plan.name.startsWith("__")) {
      return false;
    }
    try (PythonObject type = object.type();
        PythonObject classes = type.attr("__mro__");
        PythonObject root = classes.item(-1)) {
      Optional<PythonObject> inherited = root.findAttr(plan.name);
      Optional<PythonObject> own = type.findAttr(plan.name);
      return inherited.isPresent() && own.isPresent() && own.get().isSame(inherited.get());
    }
  }

  private @Nullable Way ofAbstract() {
    Way way = ofProtocol();
    if (way == null && plan.property != null && has(plan.property)) {
      way = plan.isSetter() ? Way.SET : Way.GET;
    }
    if (way == null && plan.isFunction && object.isCallable()) {
      way = Way.APPLY;
    }
    return way == null ? ofLast() : way;
  }

  private @Nullable Way ofProtocol() {
    return switch (plan.protocol) {
      case ITERATOR -> isIterable() ? Way.ITERATE : null;
      case HAS_NEXT -> isIterable() ? Way.HAS_NEXT : null;
      case NEXT -> isIterable() ? Way.NEXT : null;
      case COMPARE -> object.isCallable() ? null : Way.COMPARE;
      case CLOSE -> has("__exit__") ? Way.EXIT : null;
      case NONE -> null;
    };
  }

  /** What can be done with any object, where nothing that it has says otherwise. */
  private @Nullable Way ofLast() {
    if (plan.isSetter()) {
      return Way.SET;
    }
    return plan.protocol == Protocol.CLOSE ? Way.RELEASE : null;
  }

  private boolean isIterable() {
    return has("__iter__") || has("__getitem__");
  }

  private boolean has(String name) {
    return has(object, name);
  }

  private static boolean has(PythonObject object, String name) {
    Optional<PythonObject> found = object.findAttr(name);
    found.ifPresent(PythonObject::close);
    return found.isPresent();
  }

  private UnsupportedOperationException missing() {
    String called = plan.isFunction ? " and cannot be called itself" : "";
    return StackTraces.trimmed(
        new UnsupportedOperationException(
            "Python's "
                + object.typeName()
                + " has no attribute '"
                + plan.name
                + "'"
                + called
                + ", which "
                + plan
                + " needs"));
  }
}
