package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.Inspect;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Ref;
import io.gilgamesh.internal.Want;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonObject} that ask what it is. */
abstract class InspectVerbs extends CompareVerbs {

  InspectVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Gives Python's {@code str} of the object. Attaches, and waits for that if it must.
   *
   * @return the text
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public String str() {
    return inspectText(Inspect.STR);
  }

  /**
   * Gives Python's {@code repr} of the object.
   *
   * @return the text
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public String repr() {
    return inspectText(Inspect.REPR);
  }

  /**
   * Gives Python's {@code len} of the object.
   *
   * @return the number of elements
   * @throws PythonException if Python raises, as for an object without a length
   * @throws IllegalStateException if this handle or the context is closed
   */
  public long length() {
    return inspectLong(Inspect.LENGTH);
  }

  /**
   * Gives Python's truth of the object.
   *
   * @return Python's {@code bool}
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public boolean isTrue() {
    return inspectBoolean(Inspect.TRUTH);
  }

  /**
   * Gives Python's {@code hash} of the object.
   *
   * @return the hash, equal for objects that are equal in Python
   * @throws PythonException if Python raises, as for an unhashable object
   * @throws IllegalStateException if this handle or the context is closed
   */
  public long hash() {
    return inspectLong(Inspect.HASH);
  }

  /**
   * Tells whether the object can be called.
   *
   * @return Python's {@code callable}
   * @throws IllegalStateException if this handle or the context is closed
   */
  public boolean isCallable() {
    return inspectBoolean(Inspect.CALLABLE);
  }

  /**
   * Tells whether this is Python's None. Needs no Python.
   *
   * @return whether it is None
   * @throws IllegalStateException if this handle is closed
   */
  public boolean isNone() {
    return ref() == Ref.NONE;
  }

  /**
   * Gives the object's class.
   *
   * @return the class
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject type() {
    return inspectObject(Inspect.TYPE, Origin.TYPE);
  }

  /**
   * Names the object's class.
   *
   * @return such as {@code int} or {@code DataFrame}, without its module
   * @throws IllegalStateException if this handle or the context is closed
   */
  public String typeName() {
    return inspectText(Inspect.TYPE_NAME);
  }

  /**
   * Names the object's attributes.
   *
   * @return Python's {@code dir}, a list of its own
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public List<String> dir() {
    try (Exchange exchange = lease()) {
      long result = inspect(exchange, Inspect.DIR, Want.VALUE);
      List<String> names = new ArrayList<>();
      if (Calls.value(exchange, result, Origin.VALUE, null) instanceof List<?> values) {
        values.forEach(name -> names.add(String.valueOf(name)));
      }
      return names;
    }
  }

  /** Formats the traceback of an exception object as Python does. */
  final String formatTraceback() {
    return inspectText(Inspect.TRACEBACK);
  }

  final PythonObject inspectObject(int what, Origin origin) {
    try (Exchange exchange = lease()) {
      return Calls.object(exchange, inspect(exchange, what, Want.OBJECT), origin, null);
    }
  }

  private String inspectText(int what) {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, inspect(exchange, what, Want.TEXT));
    }
  }

  final long inspectLong(int what) {
    try (Exchange exchange = lease()) {
      return Calls.number(exchange, inspect(exchange, what, Want.LONG));
    }
  }

  private boolean inspectBoolean(int what) {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, inspect(exchange, what, Want.BOOLEAN));
    }
  }

  final long inspect(Exchange exchange, int what, int want) {
    return ObjectCalls.inspect(exchange, ref(), want, what);
  }
}
