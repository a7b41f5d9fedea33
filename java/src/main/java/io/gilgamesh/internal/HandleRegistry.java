package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the phantom references of one interpreter's managed handles reachable until their objects
 * are dead or closed.
 *
 * <p>A handle has a slot of its own in the core's table until it is released, so the slot is its
 * place here too, and no two threads ever want the same place: registering is one store, without a
 * lock. A place may change hands unseen only when a context closes, which releases handles that
 * Java objects still name; hence a place is cleared by compare and set, and a younger handle is
 * never overwritten by an older one.
 */
public final class HandleRegistry {

  private static final int CHUNK_BITS = 12;
  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(TrackedHandle[].class);

  private final long interpreter;
  private final Reclaimer reclaimer;
  private volatile @Nullable TrackedHandle[][] chunks = new TrackedHandle[4][];

  HandleRegistry(long interpreter, Reclaimer reclaimer) {
    this.interpreter = interpreter;
    this.reclaimer = reclaimer;
  }

  long interpreter() {
    return interpreter;
  }

  Reclaimer reclaimer() {
    return reclaimer;
  }

  /**
   * Watches over an object that owns a managed handle.
   *
   * @param owner the object whose death releases the handle
   * @param ref a managed ref that the core has just given
   * @return the token for {@link #forget}
   */
  public TrackedHandle track(Object owner, long ref) {
    reclaimer.help();
    TrackedHandle tracked = new TrackedHandle(owner, this, ref);
    TrackedHandle[] chunk = chunkOf(Ref.slot(ref));
    int place = Ref.slot(ref) & (CHUNK_SIZE - 1);
    TrackedHandle former = (TrackedHandle) PLACE.getAcquire(chunk, place);
    if (former == null || former.ref < ref) {
      PLACE.setRelease(chunk, place, tracked);
    }
    return tracked;
  }

  /**
   * Stops watching, before the handle is released in another way. The owner must be reachable
   * meanwhile.
   *
   * @param tracked the token of {@link #track}
   * @return whether it was watched until now
   */
  public boolean forget(TrackedHandle tracked) {
    int slot = Ref.slot(tracked.ref);
    return PLACE.compareAndSet(chunkOf(slot), slot & (CHUNK_SIZE - 1), tracked, null);
  }

  /** Notes that releases may lie in the core's queue with nobody attached to drain them. */
  public void nudge() {
    reclaimer.nudge();
  }

  private TrackedHandle[] chunkOf(int slot) {
    TrackedHandle[][] all = chunks;
    int index = slot >>> CHUNK_BITS;
    TrackedHandle[] chunk = index < all.length ? all[index] : null;
    return chunk != null ? chunk : addChunk(index);
  }

  private synchronized TrackedHandle[] addChunk(int index) {
    TrackedHandle[][] all = chunks;
    if (index >= all.length) {
      all = java.util.Arrays.copyOf(all, Math.max(index + 1, 2 * all.length));
    }
    TrackedHandle[] chunk = all[index];
    if (chunk == null) {
      chunk = new TrackedHandle[CHUNK_SIZE];
      all[index] = chunk;
    }
    chunks = all;
    return chunk;
  }
}
