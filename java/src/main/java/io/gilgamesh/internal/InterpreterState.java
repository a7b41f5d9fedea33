package io.gilgamesh.internal;

/**
 * What the contexts of one interpreter share on the Java side: caches, and the registry of managed
 * handles.
 */
public final class InterpreterState {

  private final long id;
  private final HandleRegistry handles;
  private final NameCache names = new NameCache();
  private final CodeCache codes = new CodeCache();

  /**
   * Describes a running interpreter.
   *
   * @param id the id that the core gave, 0 is the main one
   */
  public InterpreterState(long id) {
    this(id, Reclaimer.running());
  }

  InterpreterState(long id, Reclaimer reclaimer) {
    this.id = id;
    this.handles = new HandleRegistry(id, reclaimer);
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
}
