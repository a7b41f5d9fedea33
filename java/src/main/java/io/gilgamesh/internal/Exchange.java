package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One native call: the direct buffer leased for it, through which it takes its request and gives
 * its reply.
 *
 * <p>The buffer begins with a header: status (i32), kind of overflow (i32), capacity of the payload
 * (i64), two words of the core's. The request is written to the payload; the reply overwrites it. A
 * request that does not fit moves to a larger buffer, which goes back when the lease ends. The
 * exchange also keeps reachable whatever the call names: the receiver, the handles among the
 * arguments, cached names and code. So the collector cannot release a handle under a running call,
 * and a stale handle can be told by name. It is made anew for each call, since the compiler then
 * keeps it in registers, where stores to an old object would each cost the collector's barrier.
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

  private static final int STATUS_AT = 0;
  private static final int OVERFLOW_KIND_AT = 4;
  private static final int CAPACITY_AT = 8;
  private static final int BLOCK_ADDRESS_AT = 16;
  private static final int BLOCK_LENGTH_AT = 24;

  private final ExchangeBuffer home;
  private final @Nullable ContextState context;
  private final @Nullable PythonObject receiver;
  final @Nullable CurrentTransaction transaction;

  ByteBuffer buffer;
  int position = PAYLOAD;
  private boolean away;
  private @Nullable Object held;
  private @Nullable Object @Nullable [] moreHeld;
  private int moreCount;
  private @Nullable ConverterTable converters;
  private @Nullable HandedOver handedOver;

  private Exchange(
      ExchangeBuffer home,
      @Nullable ContextState context,
      @Nullable PythonObject receiver,
      @Nullable CurrentTransaction transaction) {
    this.home = home;
    this.buffer = home.bytes;
    this.context = context;
    this.receiver = receiver;
    this.transaction = transaction;
  }

  /** Makes a direct buffer with a header and room for the payload. */
  static ByteBuffer allocate(int payload) {
    ByteBuffer made = ByteBuffer.allocateDirect(PAYLOAD + payload).order(ByteOrder.nativeOrder());
    made.putLong(CAPACITY_AT, payload);
    return made;
  }

  /**
   * Leases a buffer for one native call.
   *
   * @param context the context of the call, null for calls on the runtime itself
   * @return an exchange with an empty request, to be closed by this thread
   */
  public static Exchange lease(@Nullable ContextState context) {
    return lease(context, null);
  }

  /**
   * Leases a buffer for one native call on an object.
   *
   * @param context the context of the call, null for calls on the runtime itself
   * @param receiver the object, named when its handle proves stale
   * @return an exchange with an empty request, to be closed by this thread
   */
  public static Exchange lease(@Nullable ContextState context, @Nullable PythonObject receiver) {
    ThreadRecord thread = ThreadRecord.own();
    return new Exchange(thread.lease(), context, receiver, thread.running);
  }

  /** Ends the lease. What the call named is reachable until here. */
  @Override
  public void close() {
    try {
      takeBack();
      if (away) {
        LargeBuffers.put(buffer);
      }
      home.endLease();
    } finally {
      Reference.reachabilityFence(receiver);
      Reference.reachabilityFence(held);
      Reference.reachabilityFence(moreHeld);
    }
  }

  // ---- calls from Python

  /** The buffer of a call from Python, which the core has leased and filled. */
  static Exchange ofUpcall(ExchangeBuffer home, ContextState context) {
    return new Exchange(home, context, null, ThreadRecord.own().running);
  }

  /** Makes room for the answer, over the request, or over an answer that could not be written. */
  void beginAnswer() {
    takeBack();
    if (away) {
      LargeBuffers.put(buffer);
      buffer = home.bytes;
      away = false;
    }
    position = PAYLOAD;
  }

  /** Takes back the Java objects that the core has not taken over. */
  private void takeBack() {
    HandedOver known = handedOver;
    if (known != null) {
      handedOver = null;
      known.takeBackTheRest();
    }
  }

  /** Ends the answer; whether it stands in the buffer that the core has leased. */
  boolean endAnswer() {
    if (away) {
      home.bytes
          .putLong(BLOCK_ADDRESS_AT, BufferNatives.address(buffer) + PAYLOAD)
          .putLong(BLOCK_LENGTH_AT, position - PAYLOAD);
    }
    return !away;
  }

  /**
   * Keeps the handles of an answer, and the buffer of a large one, until the core has read it;
   * whether there are any.
   */
  boolean keepAnswer() {
    boolean needed = held != null || away;
    if (needed) {
      home.keep(this);
    }
    return needed;
  }

  /** Gives back what the answer needed, which the core has read. */
  void forgetAnswer() {
    if (away) {
      away = false;
      LargeBuffers.put(buffer);
    }
  }

  /** Says that the buffer holds a failure. */
  void endFailure() {
    home.bytes.putInt(STATUS_AT, STATUS_ERROR);
  }

  /** Notes a Java object that the request hands over. */
  void handOver(long reference) {
    HandedOver known = handedOver;
    if (known == null) {
      known = new HandedOver();
      handedOver = known;
    }
    known.add(reference);
  }

  // ---- what the call is about

  /**
   * Gives the address that the natives take. Ask for it after the request is written, which may
   * move it.
   *
   * @return where the buffer begins
   */
  public long address() {
    return away ? BufferNatives.address(buffer) : home.address();
  }

  @Nullable ContextState context() {
    return context;
  }

  /** The user's converters for what is written into the request. */
  ConverterTable converters() {
    ConverterTable known = converters;
    if (known == null) {
      known = context == null ? ConverterTable.EMPTY : context.converters().table();
      converters = known;
    }
    return known;
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
    if (held == null) {
      held = object;
    } else {
      holdMore(object);
    }
  }

  private void holdMore(Object object) {
    @Nullable Object[] more = moreHeld;
    if (more == null) {
      more = new Object[8];
    } else if (moreCount == more.length) {
      more = Arrays.copyOf(more, 2 * moreCount);
    }
    more[moreCount++] = object;
    moreHeld = more;
  }

  /** Gives the first held object that is a closed handle, when the core found an argument stale. */
  @Nullable PythonObject staleArgument(long ref) {
    if (isHandle(held, ref)) {
      return (PythonObject) held;
    }
    for (int i = 0; i < moreCount; i++) {
      Object object = Objects.requireNonNull(moreHeld)[i];
      if (isHandle(object, ref)) {
        return (PythonObject) object;
      }
    }
    return null;
  }

  /** Gives the first held object that is another interpreter's, when the core found one. */
  @Nullable PythonObject foreignArgument() {
    if (isForeign(held)) {
      return (PythonObject) held;
    }
    for (int i = 0; i < moreCount; i++) {
      Object object = Objects.requireNonNull(moreHeld)[i];
      if (isForeign(object)) {
        return (PythonObject) object;
      }
    }
    return null;
  }

  private boolean isForeign(@Nullable Object held) {
    ContextState own = context;
    return own != null
        && held instanceof PythonObject object
        && ApiBridge.get().context(object).interpreter() != own.interpreter();
  }

  private static boolean isHandle(@Nullable Object held, long ref) {
    return held instanceof PythonObject object && Ref.bare(ApiBridge.get().rawRef(object)) == ref;
  }

  // ---- the request

  /**
   * Appends a value to the request.
   *
   * @param value any value or object
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
   * Appends a list of rows to the request.
   *
   * @param rows values, up to the first one that cannot cross
   * @return why that one has none, null where all have one
   */
  public @Nullable RuntimeException rows(List<?> rows) {
    return Requests.rows(this, rows);
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
    if (end > buffer.limit()) {
      grow(end);
    }
    position = (int) end;
    return at;
  }

  /**
   * Moves the request so far to a buffer that takes the wanted bytes too: twice as large, or as
   * large as it must be, and never beyond the limit.
   */
  private void grow(long needed) {
    ValueLimit.check(needed - PAYLOAD);
    int most = ValueLimit.bytes();
    long doubled = Math.min(2L * buffer.limit(), (long) most + PAYLOAD);
    ByteBuffer larger = larger((int) Math.max(needed, doubled) - PAYLOAD, (int) needed - PAYLOAD);
    larger.limit((int) Math.min(larger.capacity(), (long) most + PAYLOAD));
    larger.put(PAYLOAD, buffer, PAYLOAD, position - PAYLOAD);
    if (away) {
      LargeBuffers.put(buffer);
    }
    away = true;
    buffer = larger;
  }

  /** What the JVM may not allocate outside the heap is an error of this value, not of the JVM. */
  private static ByteBuffer larger(int wanted, int needed) {
    try {
      return LargeBuffers.take(wanted);
    } catch (OutOfMemoryError e) {
      if (wanted == needed) {
        throw ValueLimit.noMemory(needed);
      }
      return larger(needed, needed);
    }
  }

  /**
   * Counts the memory of exchanges outside the heap.
   *
   * @return bytes of the direct buffers in use or kept for the next call
   */
  public static long allocatedBytes() {
    return ExchangeBuffer.allBytes() + LargeBuffers.bytes();
  }

  /** Where texts of the request and of the reply are worked on. */
  TextScratch scratch() {
    return home.scratch;
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
