package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * The types of what an iteration gives.
 *
 * @param elements the elements' type, or that of a mapping's keys
 * @param second the type of a mapping's values, null where elements are no pairs
 */
public record Batches(ElementType<?> elements, @Nullable ElementType<?> second) {

  private static final int NO_PAIRS = -1;

  /** Handles of elements. */
  public static final Batches ELEMENTS = of(ElementType.HANDLES);

  /**
   * Makes the form of single elements.
   *
   * @param elements their type
   * @return the form
   */
  public static Batches of(ElementType<?> elements) {
    return new Batches(elements, null);
  }

  /**
   * Tells how many values an element has.
   *
   * @return 2 for pairs, else 1
   */
  public int parts() {
    return second == null ? 1 : 2;
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
        ObjectNatives.iterate(
            exchange.contextId(), ref, max, elements.innerWant(), secondWant(), exchange.address());
    return Calls.batch(exchange, result, this, true);
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
        ObjectNatives.nextBatch(
            exchange.contextId(), ref, max, elements.innerWant(), secondWant(), exchange.address());
    return Calls.batch(exchange, result, this, false);
  }

  private int secondWant() {
    return second == null ? NO_PAIRS : second.innerWant();
  }

  /** Reads the part of that number: elements, or key and value in turn. */
  @Nullable Object read(Reader from, int part) {
    return second == null || part % 2 == 0 ? elements.readInner(from) : second.readInner(from);
  }
}
