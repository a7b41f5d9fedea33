package io.gilgamesh.internal;

/**
 * The form in which an iteration gives its elements.
 *
 * @param want a constant of {@link Want}, for handles, values or arrays
 * @param second the same for the values of a mapping's entries, negative where elements are no
 *     pairs
 */
public record Batches(int want, int second) {

  private static final int NO_PAIRS = -1;

  /** Handles of elements. */
  public static final Batches ELEMENTS = of(Want.OBJECT);

  /**
   * Makes the form of single elements.
   *
   * @param want a constant of {@link Want}
   * @return the form
   */
  public static Batches of(int want) {
    return new Batches(want, NO_PAIRS);
  }

  /**
   * Tells how many values an element has.
   *
   * @return 2 for pairs, else 1
   */
  public int parts() {
    return second == NO_PAIRS ? 1 : 2;
  }

  /**
   * Begins an iteration.
   *
   * @param exchange the call's exchange
   * @param ref what to iterate over
   * @param max how many elements at most
   * @return the first batch, with the iterator where there may be more
   */
  public Batch first(Exchange exchange, long ref, int max) {
    long result =
        ObjectNatives.iterate(exchange.contextId(), ref, max, want, second, exchange.address());
    return Calls.batch(exchange, result, parts(), true);
  }

  /**
   * Goes on with an iteration.
   *
   * @param exchange the call's exchange
   * @param ref the iterator
   * @param max how many elements at most
   * @return the next batch
   */
  public Batch next(Exchange exchange, long ref, int max) {
    long result =
        ObjectNatives.nextBatch(exchange.contextId(), ref, max, want, second, exchange.address());
    return Calls.batch(exchange, result, parts(), false);
  }
}
