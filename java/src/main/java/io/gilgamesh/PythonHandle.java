package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Copies;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.Ref;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.TrackedHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The life of a handle. The verbs of {@link PythonObject} stand in the classes between this one and
 * it, a subject each.
 *
 * <p>The ref gets its closed mark once, whoever comes first; only that one releases the handle. The
 * collector comes only when nobody can call {@code close} any more, since close keeps this
 * reachable until it has stopped the tracking. A verb that reads the ref while another thread
 * closes it is refused by the core, which checks every ref.
 */
abstract class PythonHandle implements AutoCloseable {

  private static final VarHandle REF;

  static {
    try {
      REF = MethodHandles.lookup().findVarHandle(PythonHandle.class, "ref", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final ContextState context;
  private final Origin origin;
  private final @Nullable Object detail;
  private final @Nullable CurrentTransaction transaction;
  private final @Nullable TrackedHandle tracked;

  @SuppressWarnings("FieldMayBeFinal") // written through REF
  private long ref;

  PythonHandle(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    boolean managed = Ref.isManaged(ref);
    this.context = context;
    this.ref = ref;
    this.origin = ref == Ref.NONE ? Origin.NONE : origin;
    this.detail = detail;
    this.transaction = managed || ref == Ref.NONE ? null : transaction;
    this.tracked = managed ? context.interpreter().handles().track(this, ref) : null;
  }

  // ---- for the verbs

  /** Leases an exchange for a call on this object. */
  final Exchange lease() {
    return Exchange.lease(context, (PythonObject) this);
  }

  /** Gives the ref for use in a call; the core checks it again. */
  final long ref() {
    long now = ref;
    if (Ref.isClosed(now)) {
      throw stale();
    }
    return now;
  }

  final long rawRef() {
    return ref;
  }

  final boolean belongsTo(PythonHandle other) {
    return context.interpreter() == other.context.interpreter();
  }

  /** Says why this object cannot be used. */
  final IllegalStateException stale() {
    return StackTraces.trimmed(new IllegalStateException(describe() + why()));
  }

  /** Says which object this is, for errors. */
  final String describe() {
    return origin.describe(detail) + " in context '" + context.name() + "'";
  }

  private String why() {
    if (context.isClosed()) {
      return " cannot be used: the context " + (context.isReset() ? "was reset" : "is closed");
    }
    CurrentTransaction owner = transaction;
    if (owner != null && owner.isEnded()) {
      return " ended with its transaction; call keep() on it inside the transaction to use it"
          + " afterwards";
    }
    return " is closed; close it after its last use, or take a handle of its own for each user"
        + " with keep()";
  }

  // ---- public

  /**
   * Takes a handle of its own on the same Python object. It lives until it is closed or found dead
   * by the collector, also where this one ends with its transaction.
   *
   * @return a new object, independent of this one
   * @throws IllegalStateException if this handle, its transaction or its context is closed
   */
  public PythonObject keep() {
    try (Exchange exchange = lease()) {
      return Calls.object(exchange, ObjectCalls.keep(exchange, ref()), origin, detail);
    }
  }

  /**
   * Copies the object into another context, whatever interpreter that has. The copy is made by
   * {@code pickle}; Java objects in it are the same in the copy.
   *
   * @param target where the copy is to be
   * @return the copy, which belongs to that context, or to this thread's transaction on it
   * @throws PythonException if pickle cannot copy it: {@code PicklingError}, {@code TypeError} and
   *     {@code AttributeError} are what it says of classes of the context's own and of what stands
   *     for something of the process; {@code ImportError} of modules that the target cannot import
   * @throws IllegalStateException if this handle or one of the contexts is closed
   */
  public PythonObject copyTo(PythonContext target) {
    return Copies.copy((PythonObject) this, Parameters.required(target, "target").openState());
  }

  /**
   * Releases the handle, not the Python object where others still refer to it. Never waits: the
   * release takes place at once where this thread is attached, and a little later otherwise.
   * Closing again, from any thread, does nothing.
   */
  @Override
  public void close() {
    if (ref == Ref.NONE) {
      return;
    }
    try {
      long former = (long) REF.getAndBitwiseOr(this, Ref.CLOSED);
      if (!Ref.isClosed(former)) {
        release(former);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void release(long former) {
    if (context.isClosed() || (transaction != null && transaction.isEnded())) {
      stopTracking();
      return;
    }
    try (Exchange exchange = Exchange.lease(context)) {
      // Not before the lease: were the heap exhausted, the collector would still release it.
      stopTracking();
      ObjectCalls.close(exchange, former);
    }
    if (!CurrentTransaction.isAttached(context.interpreter())) {
      context.interpreter().handles().nudge();
    }
  }

  private void stopTracking() {
    if (tracked != null) {
      context.interpreter().handles().forget(tracked);
    }
  }

  /**
   * Tells whether the handle can no longer be used.
   *
   * @return whether it, its transaction or its context is closed
   */
  public boolean isClosed() {
    return Ref.isClosed((long) REF.getOpaque(this))
        || context.isClosed()
        || (transaction != null && transaction.isEnded());
  }

  /**
   * Describes the object, without ever throwing or waiting: by Python's {@code str} where this
   * thread is attached, that is inside a transaction; otherwise by its context. For Python's text
   * everywhere see {@link PythonObject#str}.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    if (isClosed()) {
      return "<closed PythonObject of context '" + context.name() + "'>";
    }
    if (ref == Ref.NONE) {
      return "None";
    }
    if (CurrentTransaction.isAttached(context.interpreter())) {
      try {
        return ((PythonObject) this).str();
      } catch (RuntimeException | PythonInternalError e) {
        return "<PythonObject of context '"
            + context.name()
            + "', without a text: "
            + e.getMessage()
            + ">";
      }
    }
    return "<PythonObject of context '" + context.name() + "'>";
  }
}
