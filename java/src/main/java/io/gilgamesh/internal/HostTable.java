package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The Java objects that Python holds, each under a reference: a slot and the slot's generation, so
 * that a reference is refused once it was given back.
 *
 * <p>Owner of an entry: the Python object that was made of it, from the moment that the core has
 * read the request; until then the exchange that wrote it, which takes back what was not read. When
 * the Python object dies, its reference comes back through {@link HostReferences}. Python's
 * collector decides alone; Java's sees a live object until then. Enum constants have no entry: see
 * {@link HostConstants}.
 *
 * <p>Objects go in under one lock and come out under another: what comes out, in batches and on a
 * thread of its own, does not hold up calls.
 */
final class HostTable {

  private static final int FIRST_SIZE = 64;

  /** One slot: what it holds, and how often it was used. Read without the lock. */
  private static final class Slot {
    final int index;
    volatile int generation = 1;
    @Nullable Slot nextFree;

    @SuppressWarnings("UnusedVariable") // read and written by OBJECT, which spares a full fence
    private @Nullable Object object;

    Slot(int index) {
      this.index = index;
    }

    long reference() {
      return (long) generation << 32 | index;
    }

    /** Whether it holds the object of a reference. */
    boolean isOf(long reference) {
      return object() != null && generation == (int) (reference >>> 32);
    }

    @Nullable Object object() {
      return OBJECT.getAcquire(this);
    }

    void setObject(@Nullable Object held) {
      OBJECT.setRelease(this, held);
    }
  }

  private static final VarHandle OBJECT = objectHandle();

  private static volatile @Nullable Slot[] slots = new Slot[FIRST_SIZE];

  /** Under the lock of those that put objects in. */
  private static int used;

  private static long putIn;
  private static @Nullable Slot free;

  /** Slots that came out since the free ones were last used up; taken all at once. */
  private static final AtomicReference<@Nullable Slot> RETURNED = new AtomicReference<>();

  private static final Object TAKING_OUT = new Object();

  /** Under the lock of those that take objects out. */
  private static long takenOut;

  private HostTable() {}

  private static VarHandle objectHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Slot.class, "object", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Slot.object", e);
    }
  }

  /** Puts an object in; its reference, which is never 0. */
  static long put(Object object) {
    HostReferences.start();
    return insert(object);
  }

  private static synchronized long insert(Object object) {
    Slot slot = free == null ? RETURNED.getAndSet(null) : free;
    if (slot == null) {
      slot = addSlot();
    }
    free = slot.nextFree;
    slot.nextFree = null;
    slot.setObject(object);
    putIn++;
    return slot.reference();
  }

  private static Slot addSlot() {
    @Nullable Slot[] all = slots;
    if (used == all.length) {
      all = Arrays.copyOf(all, 2 * used);
      slots = all;
    }
    Slot added = new Slot(used);
    all[used++] = added;
    return added;
  }

  /** Gives the object of a reference, or the constant. */
  static Object get(long reference) {
    if (HostConstants.isOne(reference)) {
      return HostConstants.get(reference);
    }
    Slot slot = slot(reference);
    Object object = slot == null ? null : slot.object();
    if (slot == null || object == null || slot.generation != (int) (reference >>> 32)) {
      throw new IllegalStateException("this Java object was given back by Python already");
    }
    return object;
  }

  private static @Nullable Slot slot(long reference) {
    @Nullable Slot[] all = slots;
    int index = (int) reference;
    return index >= 0 && index < all.length ? all[index] : null;
  }

  /** Takes references out; one that is not in any more is left alone. */
  static void remove(long[] references, int from, int to) {
    synchronized (TAKING_OUT) {
      for (int i = from; i < to; i++) {
        Slot slot = slot(references[i]);
        if (slot != null && slot.isOf(references[i])) {
          remove(slot);
        }
      }
    }
  }

  /** A slot whose generations are used up is not used again. */
  private static void remove(Slot slot) {
    slot.setObject(null);
    takenOut++;
    int next = slot.generation + 1;
    if (next > 0) {
      slot.generation = next;
      do {
        slot.nextFree = RETURNED.get();
      } while (!RETURNED.compareAndSet(slot.nextFree, slot));
    }
  }

  /** How many objects are in it. */
  static int live() {
    long out;
    synchronized (TAKING_OUT) {
      out = takenOut; // first: what comes out in between was put in before
    }
    synchronized (HostTable.class) {
      return (int) (putIn - out);
    }
  }
}
