package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction from its begin to its end: who opened it, on what, and how it ended.
 *
 * <p>A transaction keeps its OS thread attached, so only its own thread can end it. What goes wrong
 * with that is handled here: ended out of order, the inner ones are ended with it and the mistake
 * is thrown; closed by another thread, it is refused from then on and ended when its own thread
 * next begins, uses or closes one; left open by a thread that ended, the core has repaired it and
 * the {@link Watch} reports it.
 */
public final class OpenTransaction {

  private static final String LOG = "io.gilgamesh.transaction";

  private static final VarHandle CLOSED_BY = closedByHandle();

  /** Whether each begin notes its stack, for the reports. */
  private static final boolean TRACED = Boolean.getBoolean("gilgamesh.transaction.trace");

  /** After so many looks in vain, the OS thread will not end soon. */
  private static final int STUCK_LOOKS = 4;

  private final ContextState context;
  private final Thread owner;
  private final ThreadRecord record;
  private final @Nullable OpenTransaction outer;
  private final @Nullable Throwable site;
  private final CurrentTransaction running;
  private long token;

  /** Who closed it; the usual case is written by CLOSED_BY, which spares a full fence. */
  private volatile @Nullable String closedBy;

  /**
   * When the watch thread first saw it, 0 before: reading the clock would be a third of the price
   * of a begin.
   */
  private volatile long seen;

  /** Set by the watch thread alone, once it has spoken of this transaction. */
  boolean reported;

  /** How often the watch thread has found the Java thread ended and the core's not. */
  private int deadLooks;

  private OpenTransaction(ContextState context, ThreadRecord record) {
    this.context = context;
    this.owner = Thread.currentThread();
    this.record = record;
    this.outer = record.open();
    this.site = TRACED ? new Throwable("begun here") : null;
    this.running = CurrentTransaction.begin(context);
  }

  private static VarHandle closedByHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(OpenTransaction.class, "closedBy", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Begins a transaction on this thread.
   *
   * @param context what to attach to
   * @param limitNanos how long to wait for the GIL, -1 without limit
   * @return the transaction, open
   */
  public static OpenTransaction begin(ContextState context, long limitNanos) {
    ThreadRecord record = ThreadRecord.own();
    checkBegin(record);
    OpenTransaction begun = new OpenTransaction(context, record);
    begun.attach(limitNanos);
    record.setOpen(begun);
    Watch.notice();
    return begun;
  }

  private static void checkBegin(ThreadRecord record) {
    if (record.pinned == 0 && VirtualThreads.isVirtual(Thread.currentThread())) {
      throw refusal(
          "a virtual thread cannot hold a transaction open, since it may move to another OS thread;"
              + " use context.transact(tx -> ...)");
    }
    OpenTransaction innermost = record.open();
    while (innermost != record.floor && innermost != null && innermost.closedBy != null) {
      innermost.endHere();
      innermost = record.open();
    }
  }

  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  private void attach(long limitNanos) {
    try (Exchange exchange = Exchange.lease(context)) {
      long address = exchange.address();
      token =
          Calls.number(
              exchange, TransactionNatives.begin(context.id(), owner.getId(), limitNanos, address));
    } catch (Throwable e) {
      running.end();
      throw e;
    }
  }

  // ---- use

  /** Checks that the calling thread may use the transaction now, and gives it. */
  public CurrentTransaction check() {
    if (closedBy != null || Thread.currentThread() != owner) {
      refuse();
    }
    return running;
  }

  private static IllegalStateException refusal(String message) {
    return StackTraces.trimmed(new IllegalStateException(message));
  }

  private void refuse() {
    String closer = closedBy;
    if (Thread.currentThread() != owner) {
      throw refusal(
          this
              + " belongs to "
              + Threads.name(owner)
              + " and cannot be used by "
              + Threads.current());
    }
    if (record.open() == this && record.floor != this) {
      endHere();
    }
    throw refusal(this + " was closed by " + closer);
  }

  /**
   * Lets other threads run Python while this one does something else.
   *
   * @param body what to do meanwhile
   * @param <T> the result's type
   * @return what the body returns
   */
  public <T extends @Nullable Object> T detached(Supplier<? extends T> body) {
    check();
    checkInnermost();
    number(TransactionNatives::detach);
    running.setDetached(true);
    try {
      return body.get();
    } finally {
      running.setDetached(false);
      number(TransactionNatives::reattach);
    }
  }

  private void checkInnermost() {
    OpenTransaction innermost = record.open();
    if (innermost != this) {
      throw refusal("inside " + innermost + " only that one can be detached, not " + this);
    }
    if (running.isDetached()) {
      throw refusal(this + " is detached already");
    }
  }

  private interface ContextVerb {
    long apply(long context, long exchange);
  }

  private void number(ContextVerb verb) {
    try (Exchange exchange = Exchange.lease(context)) {
      Calls.number(exchange, verb.apply(context.id(), exchange.address()));
    }
  }

  // ---- end

  /** Ends the transaction. Once ended, does nothing. */
  public void close() {
    if (closedBy != null) {
      if (record.open() == this && Thread.currentThread() == owner && !isAroundCall()) {
        endHere();
      }
      return;
    }
    if (Thread.currentThread() != owner) {
      closeElsewhere();
    } else if (isAroundCall()) {
      throw refusal("a call from Python that was made in " + this + " still runs: close it after");
    } else if (record.open() == this) {
      CLOSED_BY.setRelease(this, Threads.SAME);
      endHere();
    } else {
      closeOutOfOrder();
    }
  }

  /** The GIL is the owner's OS thread's: all that another thread can do is to say so. */
  private void closeElsewhere() {
    String closer = Threads.current();
    closedBy = closer;
    String message =
        this
            + " was closed by "
            + closer
            + "; only its own thread, "
            + Threads.name(owner)
            + ", can end it. It is refused from now on and ends at that thread's next transaction,"
            + " or with the thread";
    Log.warn(LOG, message, site);
    throw refusal(message);
  }

  private void closeOutOfOrder() {
    OpenTransaction innermost = record.open();
    while (innermost != null && innermost != this) {
      innermost.closedBy = Threads.current();
      innermost.endHere();
      innermost = record.open();
    }
    closedBy = Threads.current();
    endHere();
    throw refusal(
        this
            + " was closed while a transaction begun later on this thread was still open;"
            + " both are closed now. Close the inner one first");
  }

  /** Whether Python code that runs in it has called the Java code that runs now. */
  private boolean isAroundCall() {
    OpenTransaction around = record.floor;
    while (around != null && around != this) {
      around = around.outer;
    }
    return around != null;
  }

  /** Ends what was begun in a call from Python and left open there. */
  static void endLeftOpen(ThreadRecord record) {
    OpenTransaction left = record.open();
    while (left != null && left != record.floor) {
      left.endWithCall();
      left = record.open();
    }
  }

  private void endWithCall() {
    closedBy = "the end of the call from Python in which it was begun";
    Log.warn(LOG, this + " was left open in a call from Python and ends with it", site);
    try {
      endHere();
    } catch (RuntimeException e) {
      Log.warn(LOG, this + " did not end well", e);
    }
  }

  private void endHere() {
    record.setOpen(outer);
    try {
      endScope();
    } catch (RuntimeException | Error e) {
      endAgain(e);
      throw e;
    } finally {
      running.end();
    }
  }

  private void endScope() {
    try (Exchange exchange = Exchange.lease(context)) {
      Calls.number(exchange, TransactionNatives.end(context.id(), token, exchange.address()));
    }
  }

  /** A thread that stayed attached would keep Python for ever; what it was called for is over. */
  private void endAgain(Throwable failure) {
    try {
      endScope();
    } catch (RuntimeException | Error again) {
      failure.addSuppressed(again);
    }
  }

  // ---- what the watch thread asks

  /**
   * Reports the transaction of an ended thread, once the core has repaired it; whether that is so.
   */
  boolean abandon() {
    if (!isRepaired()) {
      return isStuck() && letGo();
    }
    running.abandon();
    if (closedBy == null) {
      closedBy = "the end of its thread";
      Log.warn(
          LOG,
          this
              + " was left open by "
              + Threads.name(owner)
              + ", which has ended; it was ended for it. Use try-with-resources",
          site);
    }
    return true;
  }

  private boolean isRepaired() {
    try (Exchange exchange = Exchange.lease(null)) {
      return TransactionNatives.abandon(context.id(), token, exchange.address()) != 0;
    }
  }

  /**
   * The OS thread under main, and under threads that native code attached to the JVM, outlives the
   * Java thread; others are repaired when they end.
   */
  private boolean isStuck() {
    return ++deadLooks >= STUCK_LOOKS;
  }

  /** Takes Python from the OS thread, so that others can go on; the handles stay with it. */
  private boolean letGo() {
    Log.warn(
        LOG,
        this
            + " was left open by "
            + Threads.name(owner)
            + ", which has ended while its OS thread lives on; Python is taken from it, its objects"
            + " live until the end of the process. Use try-with-resources",
        site);
    try (Exchange exchange = Exchange.lease(null)) {
      Calls.number(
          exchange, TransactionNatives.letGo(context.id(), owner.getId(), exchange.address()));
    }
    return true;
  }

  @Nullable OpenTransaction outer() {
    return outer;
  }

  Thread owner() {
    return owner;
  }

  /** Whether it is over, which it is not yet where only another thread has closed it. */
  boolean isEnded() {
    return running.isEnded();
  }

  boolean isDetached() {
    return running.isDetached();
  }

  /** Notes the time of the watch thread's first look; how long ago that was. */
  long seenNanos() {
    long first = seen;
    if (first != 0) {
      return System.nanoTime() - first;
    }
    seen = System.nanoTime() | 1;
    return 0;
  }

  @Nullable Throwable site() {
    return site;
  }

  /**
   * Gives the context that it is attached to.
   *
   * @return the context's state
   */
  public ContextState context() {
    return context;
  }

  /** Says on what, by whom and at least how long ago it was begun; never waits. */
  @Override
  public String toString() {
    long first = seen;
    String begun =
        "the transaction on context '" + context.name() + "' begun by " + Threads.name(owner);
    return first == 0
        ? begun
        : begun
            + " more than "
            + Threads.seconds(Duration.ofNanos(System.nanoTime() - first))
            + " ago";
  }
}
