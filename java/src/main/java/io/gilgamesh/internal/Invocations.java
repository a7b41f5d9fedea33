package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls behind methods of Java interfaces: one crossing each, the result in the form asked. */
public final class Invocations {

  private Invocations() {}

  /**
   * Calls an object.
   *
   * @param object the object
   * @param result the form of the result
   * @param arguments positional, then keyword arguments
   * @return the result, null for void
   */
  public static @Nullable Object apply(
      PythonObject object, ReturnForm result, @Nullable Object[] arguments) {
    ApiBridge api = ApiBridge.get();
    ContextState context = api.context(object);
    try (Exchange exchange = Exchange.lease(context, object)) {
      long ref = api.ref(object);
      if (result.isVoid()) {
        return nothing(exchange, ObjectCalls.apply(exchange, ref, Want.NOTHING, arguments));
      }
      TypeForm<?> form = result.in(context);
      long reply = ObjectCalls.apply(exchange, ref, form.want(), arguments);
      return Calls.to(exchange, reply, form, Origin.APPLY, null);
    }
  }

  /**
   * Calls a method of an object.
   *
   * @param object the object
   * @param name the method
   * @param result the form of the result
   * @param arguments positional, then keyword arguments
   * @return the result, null for void
   */
  public static @Nullable Object call(
      PythonObject object, String name, ReturnForm result, @Nullable Object[] arguments) {
    ApiBridge api = ApiBridge.get();
    ContextState context = api.context(object);
    try (Exchange exchange = Exchange.lease(context, object)) {
      long ref = api.ref(object);
      if (result.isVoid()) {
        return nothing(exchange, ObjectCalls.call(exchange, ref, Want.NOTHING, name, arguments));
      }
      TypeForm<?> form = result.in(context);
      long reply = ObjectCalls.call(exchange, ref, form.want(), name, arguments);
      return Calls.to(exchange, reply, form, Origin.CALL, name);
    }
  }

  /**
   * Reads an attribute of an object.
   *
   * @param object the object
   * @param name the attribute
   * @param result the form of the result, not void
   * @return the value
   */
  public static @Nullable Object attribute(PythonObject object, String name, ReturnForm result) {
    ApiBridge api = ApiBridge.get();
    ContextState context = api.context(object);
    try (Exchange exchange = Exchange.lease(context, object)) {
      TypeForm<?> form = result.in(context);
      long reply = ObjectCalls.attribute(exchange, api.ref(object), form.want(), name);
      return Calls.to(exchange, reply, form, Origin.ATTRIBUTE, name);
    }
  }

  /**
   * Brings an object itself to a form.
   *
   * @param object the object
   * @param result the form, not void
   * @return the value
   */
  public static @Nullable Object itself(PythonObject object, ReturnForm result) {
    ApiBridge api = ApiBridge.get();
    ContextState context = api.context(object);
    try (Exchange exchange = Exchange.lease(context, object)) {
      TypeForm<?> form = result.in(context);
      long reply = ObjectCalls.inspect(exchange, api.ref(object), form.want(), Inspect.ITSELF);
      return Calls.to(exchange, reply, form, Origin.VALUE, null);
    }
  }

  /**
   * Gives a handle that outlives its transaction, in the place of one that may not.
   *
   * @param object a handle that the caller gives away
   * @return the same, or a managed one on the same object
   */
  public static PythonObject managed(PythonObject object) {
    long ref = ApiBridge.get().ref(object);
    if (Ref.isManaged(ref) || ref == Ref.NONE) {
      return object;
    }
    try (object) {
      return object.keep();
    }
  }

  /**
   * Tells whether a result can be taken, where that is known before any call.
   *
   * @param object whose method gives the result
   * @param result the form of the result
   * @throws io.gilgamesh.PythonConversionException if no value can have its type
   */
  public static void check(PythonObject object, ReturnForm result) {
    if (!result.isVoid()) {
      result.in(ApiBridge.get().context(object));
    }
  }

  /**
   * Gives a number of an object that it keeps for its life: Python's {@code id}.
   *
   * @param object the object
   * @return the number
   */
  public static long identity(PythonObject object) {
    return Scripts.evalLong(
        ApiBridge.get().context(object), "__import__('builtins').id(o)", Map.of("o", object));
  }

  /**
   * Asks the Python package which methods an object cannot have.
   *
   * @param object the object
   * @param members what the methods need, as {@code gilgamesh._facades.misfits} takes it
   * @return a line for each method that does not fit
   */
  public static List<String> misfits(PythonObject object, List<?> members) {
    ContextState context = ApiBridge.get().context(object);
    try (PythonObject module = Scripts.importModule(context, "gilgamesh._facades")) {
      String[] lines = module.callTo(String[].class, "misfits", object, members);
      return List.of(Objects.requireNonNull(lines, "a list"));
    }
  }

  private static @Nullable Object nothing(Exchange exchange, long reply) {
    Calls.number(exchange, reply);
    return null;
  }
}
