package io.gilgamesh.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the contexts of one interpreter share on the Java side: caches, and the registry of managed
 * handles. An interpreter of isolated contexts has a new one for each of them, with the same
 * registry.
 */
public final class InterpreterState {

  private final long id;
  private final HandleRegistry handles;
  private final NameCache names = new NameCache();
  private final CodeCache codes = new CodeCache();

  /** The open contexts by their slots in the core, and the core's own. */
  private volatile @Nullable ContextState[] contexts = new ContextState[4];

  /**
   * Describes a running interpreter.
   *
   * @param id the id that the core gave, 0 is the main one
   */
  InterpreterState(long id) {
    this(id, new HandleRegistry(id, Reclaimer.running()));
  }

  InterpreterState(long id, HandleRegistry handles) {
    this.id = id;
    this.handles = handles;
  }

  /**
   * Gives the id that the natives take.
   *
   * @return the id, 0 for the main interpreter
   */
  public long id() {
    return id;
  }

  /**
   * Gives the registry of the managed handles that Java holds.
   *
   * @return the registry
   */
  public HandleRegistry handles() {
    return handles;
  }

  NameCache names() {
    return names;
  }

  CodeCache codes() {
    return codes;
  }

  // ---- contexts

  @Nullable ContextState context(int slot) {
    @Nullable ContextState[] all = contexts;
    return slot < all.length ? all[slot] : null;
  }

  synchronized void put(int slot, ContextState opened) {
    @Nullable ContextState[] all = contexts;
    if (slot >= all.length) {
      all = Arrays.copyOf(all, Math.max(slot + 1, 2 * all.length));
    }
    all[slot] = opened;
    // Written even where it is the same array: readers see what is in it.
    contexts = all;
  }

  synchronized void remove(int slot, ContextState closed) {
    if (contexts[slot] == closed) {
      contexts[slot] = null;
    }
  }
}
