package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has: its buffer, and its open transactions, innermost first.
 *
 * <p>Written by its own thread only, so a begin costs one look-up and plain stores. Records of
 * threads that ever began a transaction are listed, so that the watch thread can read who holds on;
 * it takes those of ended threads off the list.
 */
public final class ThreadRecord {

  private static final ThreadLocal<ThreadRecord> OWN =
      new ThreadLocal<>() {
        @Override
        protected ThreadRecord initialValue() {
          return new ThreadRecord();
        }
      };
  private static final Set<ThreadRecord> LISTED = ConcurrentHashMap.newKeySet();
  private static final VarHandle OPEN = openHandle();

  /**
   * A thread that made this many calls gets a buffer of its own; those that do one task and end
   * share.
   */
  private static final int POOLED_LEASES = 16;

  private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());

  /** Read and written by {@link CurrentTransaction}, on this thread only. */
  @Nullable CurrentTransaction running;

  /**
   * The thread's own buffer, once it has made some calls; virtual threads, which are many, have
   * none.
   */
  private @Nullable ExchangeBuffer buffer;

  /** The exception of Python's that last went through Java code into Python. */
  @Nullable Passage passed;

  private int pooledLeases;

  /** The innermost transaction that was open when the innermost call from Python began. */
  @Nullable OpenTransaction floor;

  /** How many bodies of {@code transact} run on this thread, one inside the other. */
  int pinned;

  @SuppressWarnings("UnusedVariable") // read and written by OPEN, which spares a full fence
  private @Nullable OpenTransaction open;

  private boolean listed;

  private ThreadRecord() {}

  /**
   * Gives the record of the calling thread.
   *
   * @return its record, the same one until the thread ends
   */
  public static ThreadRecord own() {
    return OWN.get();
  }

  /** Gives a buffer for one call: the thread's own, unless a call that uses it is under way. */
  ExchangeBuffer lease() {
    ExchangeBuffer own = buffer;
    ExchangeBuffer taken = own != null && !own.leased ? own : leaseOther();
    taken.leased = true;
    return taken;
  }

  private ExchangeBuffer leaseOther() {
    ExchangeBuffer taken = ExchangePool.take();
    if (buffer == null
        && ++pooledLeases > POOLED_LEASES
        && !VirtualThreads.isVirtual(Thread.currentThread())) {
      taken.owned = true;
      buffer = taken;
    }
    return taken;
  }

  /** Lists the records that may have something open, for the watch thread. */
  static Set<ThreadRecord> listed() {
    return LISTED;
  }

  /**
   * Gives the innermost open transaction; on other threads than the record's own, as of some moment
   * just past.
   */
  @Nullable OpenTransaction open() {
    return (@Nullable OpenTransaction) OPEN.getAcquire(this);
  }

  void setOpen(@Nullable OpenTransaction innermost) {
    OPEN.setRelease(this, innermost);
    if (!listed) {
      listed = true;
      LISTED.add(this);
    }
  }

  /**
   * Takes the record off the list: a virtual thread's after each of its transactions, since such
   * threads are many.
   */
  void unlist() {
    listed = false;
    LISTED.remove(this);
  }

  /** Gives the thread while it is alive, null once it has ended. */
  @Nullable Thread livingThread() {
    Thread known = thread.get();
    return known != null && known.isAlive() ? known : null;
  }

  private static VarHandle openHandle() {
    try {
      return MethodHandles.lookup()
          .findVarHandle(ThreadRecord.class, "open", OpenTransaction.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
