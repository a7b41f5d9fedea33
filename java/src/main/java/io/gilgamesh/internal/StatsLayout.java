package io.gilgamesh.internal;

/** The order of the counters in the array that {@link RuntimeNatives#stats} replies with. */
public final class StatsLayout {

  /** Handles that are not released. */
  public static final int LIVE_HANDLES = 0;

  /** Those of them that belong to a transaction. */
  public static final int SCOPED_HANDLES = 1;

  /** Those of them that live until they are closed or found dead. */
  public static final int MANAGED_HANDLES = 2;

  /** Handles made since the start. */
  public static final int HANDLES_MADE = 3;

  /** Handles released since the start. */
  public static final int HANDLES_RELEASED = 4;

  /** Releases that wait in a queue. */
  public static final int RECLAIM_QUEUED = 5;

  /** Releases that came through a queue. */
  public static final int RECLAIMED = 6;

  /** References given up without a release, after the shutdown or with their interpreter. */
  public static final int ABANDONED = 7;

  /** Transactions that are open. */
  public static final int OPEN_TRANSACTIONS = 8;

  /** Thread states that are kept. */
  public static final int THREAD_STATES = 9;

  /** Attaches since the start. */
  public static final int ATTACHES = 10;

  /** Contexts that are open. */
  public static final int CONTEXTS = 11;

  /** Threads that wait for the GIL in an attach of the bridge. */
  public static final int WAITING_THREADS = 12;

  /** How long the first of them has waited, in nanoseconds. */
  public static final int LONGEST_WAIT_NANOS = 13;

  /** Bytes of replies that did not fit their buffer and are not given back. */
  public static final int REPLY_BYTES = 14;

  /** Interpreters that were made for isolated contexts. */
  public static final int INTERPRETERS_MADE = 15;

  /** How often one of them was used again. */
  public static final int INTERPRETERS_REUSED = 16;

  /** Those that are clean and wait for a context. */
  public static final int INTERPRETERS_IDLE = 17;

  /** Those in which code of a closed context still runs. */
  public static final int INTERPRETERS_ABANDONED = 18;

  /** Those that could not be cleaned and are not used again. */
  public static final int INTERPRETERS_LOST = 19;

  /** How many counters there are. */
  static final int COUNT = 20;

  private StatsLayout() {}
}
