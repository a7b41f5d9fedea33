package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A leased direct buffer through which one native call takes its request and gives its reply.
 *
 * <p>The buffer begins with a header: status (i32), kind of overflow (i32), capacity of the payload
 * (i64), two words of the core's. The request is written to the payload; the reply overwrites it. A
 * request that does not fit moves to a larger buffer, which goes back when the lease ends. The
 * exchange also keeps reachable whatever the call names: the receiver, the handles among the
 * arguments, cached names and code. So the collector cannot release a handle under a running call,
 * and a stale handle can be told by name.
 *
 * <p>Confined to the thread that leased it. Not a queue of anything: one request, one reply.
 */
public final class Exchange implements AutoCloseable {

  /** The return value that says: look at the status. */
  public static final long FAILED = Long.MIN_VALUE;

  static final int STATUS_OK = 0;
  static final int STATUS_ERROR = 1;
  static final int STATUS_OVERFLOW = 2;

  /** Where the payload begins. */
  static final int PAYLOAD = 32;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final int STATUS_AT = 0;
  private static final int OVERFLOW_KIND_AT = 4;
  private static final int CAPACITY_AT = 8;
  private static final int BLOCK_ADDRESS_AT = 16;
  private static final int BLOCK_LENGTH_AT = 24;

  private final ByteBuffer home;
  private final @Nullable Object[] firstHeld = new Object[8];

  ByteBuffer buffer;
  int position;
  boolean leased;
  @Nullable CurrentTransaction transaction;
  private boolean ownedByTransaction;
  private boolean away;
  private int capacity;
  private long address;
  private long homeAddress;
  private @Nullable ContextState context;
  private @Nullable PythonObject receiver;
  private @Nullable Object[] held = firstHeld;
  private int heldCount;

  Exchange(int payload) {
    home = allocate(payload);
    buffer = home;
    capacity = home.capacity();
  }

  /** Makes a direct buffer with a header and room for the payload. */
  static ByteBuffer allocate(int payload) {
    ByteBuffer made = ByteBuffer.allocateDirect(PAYLOAD + payload).order(ByteOrder.nativeOrder());
    made.putLong(CAPACITY_AT, payload);
    return made;
  }

  /**
   * Leases an exchange for one native call.
   *
   * @param context the context of the call, null for calls on the runtime itself
   * @return an exchange with an empty request, to be closed by this thread
   */
  public static Exchange lease(@Nullable ContextState context) {
    return lease(context, null);
  }

  /**
   * Leases an exchange for one native call on an object.
   *
   * @param context the context of the call, null for calls on the runtime itself
   * @param receiver the object, named when its handle proves stale
   * @return an exchange with an empty request, to be closed by this thread
   */
  public static Exchange lease(@Nullable ContextState context, @Nullable PythonObject receiver) {
    CurrentTransaction running = CurrentTransaction.get();
    Exchange own = running == null ? null : running.exchange();
    Exchange taken = own != null && !own.leased ? own : ExchangePool.take();
    taken.leased = true;
    taken.transaction = running;
    taken.context = context;
    taken.receiver = receiver;
    taken.position = PAYLOAD;
    return taken;
  }

  /** Ends the lease. What the call named is reachable until here. */
  @Override
  public void close() {
    PythonObject named = receiver;
    try {
      receiver = null;
      if (heldCount > 0) {
        letGo();
      }
      if (away) {
        goHome();
      }
      leased = false;
    } finally {
      Reference.reachabilityFence(named);
    }
    if (!ownedByTransaction) {
      transaction = null;
      ExchangePool.put(this);
    }
  }

  /** Makes this the exchange of a transaction: closing a lease no longer gives it back. */
  void own() {
    ownedByTransaction = true;
  }

  /** Ends what {@link #own} began; an exchange in use goes back when its lease ends. */
  void disown() {
    ownedByTransaction = false;
    transaction = null;
    if (!leased) {
      ExchangePool.put(this);
    }
  }

  // ---- what the call is about

  /**
   * Gives the address that the natives take. Ask for it after the request is written, which may
   * move it.
   *
   * @return where the buffer begins
   */
  public long address() {
    long known = address;
    return known != 0 ? known : resolveAddress();
  }

  @Nullable ContextState context() {
    return context;
  }

  long contextId() {
    return Objects.requireNonNull(context, "a call on an object has a context").id();
  }

  @Nullable PythonObject receiver() {
    return receiver;
  }

  /**
   * Keeps an object reachable until the lease ends.
   *
   * @param object an object whose ref the call takes
   */
  public void hold(Object object) {
    if (heldCount == held.length) {
      held = Arrays.copyOf(held, 2 * heldCount);
    }
    held[heldCount++] = object;
  }

  /**
   * Gives the first held object that is a closed handle, when the core found one of the arguments
   * stale.
   */
  @Nullable PythonObject staleArgument(long ref) {
    for (int i = 0; i < heldCount; i++) {
      if (held[i] instanceof PythonObject object
          && Ref.bare(ApiBridge.get().rawRef(object)) == ref) {
        return object;
      }
    }
    return null;
  }

  private void letGo() {
    @Nullable Object[] named = held;
    try {
      Arrays.fill(named, 0, heldCount, null);
      heldCount = 0;
      held = firstHeld;
    } finally {
      Reference.reachabilityFence(named);
    }
  }

  // ---- the request

  /**
   * Appends a value to the request.
   *
   * @param value any value with a Python form
   * @return this
   */
  public Exchange value(@Nullable Object value) {
    Requests.value(this, value);
    return this;
  }

  /**
   * Appends a text to the request.
   *
   * @param text any text, lone surrogates included
   * @return this
   */
  public Exchange text(String text) {
    Requests.text(this, text);
    return this;
  }

  /**
   * Appends the arguments of a call to the request.
   *
   * @param arguments positional values, then any {@code PythonKwargs}; null stands for one None
   * @return this
   */
  public Exchange arguments(@Nullable Object @Nullable ... arguments) {
    Requests.arguments(this, arguments);
    return this;
  }

  /**
   * Interns a name, by the interpreter's cache, and keeps it until the lease ends.
   *
   * @param name an attribute's or method's name
   * @return the ref of the interned text
   */
  public long name(String name) {
    return NameCache.hold(this, name);
  }

  /** Makes room and gives its place; the buffer may be another one afterwards. */
  int reserve(long bytes) {
    int at = position;
    long end = at + bytes;
    if (end > capacity) {
      grow(end);
    }
    position = (int) end;
    return at;
  }

  /**
   * Moves the request so far to a buffer that takes the wanted bytes too: twice as large, or as
   * large as it must be.
   */
  private void grow(long needed) {
    if (needed > MAX_BYTES) {
      throw new PathFailure("the value takes more than 2 GB in transit; pass it in parts");
    }
    long doubled = Math.min(2L * capacity, MAX_BYTES);
    ByteBuffer larger = LargeBuffers.take((int) Math.max(needed, doubled) - PAYLOAD);
    larger.put(PAYLOAD, buffer, PAYLOAD, position - PAYLOAD);
    if (away) {
      LargeBuffers.put(buffer);
    }
    away = true;
    buffer = larger;
    capacity = larger.capacity();
    address = 0;
  }

  private void goHome() {
    LargeBuffers.put(buffer);
    away = false;
    buffer = home;
    capacity = home.capacity();
    address = homeAddress;
  }

  private long resolveAddress() {
    address = BufferNatives.address(buffer);
    if (!away) {
      homeAddress = address;
    }
    return address;
  }

  int homeBytes() {
    return home.capacity();
  }

  /**
   * Counts the memory of exchanges outside the heap.
   *
   * @return bytes of the direct buffers in use or kept for the next call
   */
  public static long allocatedBytes() {
    return ExchangePool.bytes() + LargeBuffers.bytes();
  }

  // ---- the reply

  /** Reads the status of a failed call and makes the header ready for the next. */
  int takeStatus() {
    int status = buffer.getInt(STATUS_AT);
    buffer.putInt(STATUS_AT, STATUS_OK);
    return status;
  }

  boolean overflowIsError() {
    return buffer.getInt(OVERFLOW_KIND_AT) != 0;
  }

  long blockAddress() {
    return buffer.getLong(BLOCK_ADDRESS_AT);
  }

  long blockLength() {
    return buffer.getLong(BLOCK_LENGTH_AT);
  }
}
