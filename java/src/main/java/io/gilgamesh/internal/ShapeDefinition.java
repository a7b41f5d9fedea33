package io.gilgamesh.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The shape of a type as the core takes it: its nodes one after the other, the whole value first.
 * Nodes name each other by number, since a record may contain itself.
 */
final class ShapeDefinition {

  static final byte ANY = 0;
  static final byte HANDLE = 1;
  static final byte INTEGER = 2;
  static final byte REAL = 3;
  static final byte LONGS = 4;
  static final byte DOUBLES = 5;
  static final byte SEQUENCE = 6;
  static final byte MAP = 7;
  static final byte RECORD = 8;
  static final byte VARIANTS = 9;
  static final byte TABLE = 10;
  static final byte INTERFACE = 11;

  /** A name, and the reader of what stands under it. */
  record Link(String name, TypeReader reader) {}

  private final IdentityHashMap<TypeReader, Integer> numbers = new IdentityHashMap<>();
  private final Deque<TypeReader> waiting = new ArrayDeque<>();
  private final Exchange to;

  private ShapeDefinition(Exchange to) {
    this.to = to;
  }

  /**
   * Defines the shape of a type.
   *
   * @param root reads its values
   * @return the want that names the shape
   */
  static int define(TypeReader root) {
    try (Exchange exchange = Exchange.lease(null)) {
      int at = exchange.reserve(9);
      ShapeDefinition shape = new ShapeDefinition(exchange);
      shape.all(root);
      exchange.buffer.put(at, Tag.BYTES).putInt(at + 1, exchange.position - at - 5);
      exchange.buffer.putInt(at + 5, shape.numbers.size());
      return (int) Calls.number(exchange, RuntimeNatives.defineShape(exchange.address()));
    }
  }

  private void all(TypeReader root) {
    number(root);
    while (!waiting.isEmpty()) {
      waiting.removeFirst().describe(this);
    }
  }

  private int number(TypeReader reader) {
    Integer known = numbers.get(reader);
    if (known == null) {
      known = numbers.size();
      numbers.put(reader, known);
      waiting.addLast(reader);
    }
    return known;
  }

  // ---- for the readers: exactly one of these each

  void node(byte kind) {
    to.buffer.put(to.reserve(1), kind);
  }

  void node(byte kind, TypeReader... parts) {
    node(kind);
    for (TypeReader part : parts) {
      link(part);
    }
  }

  void record(RecordShape shape, List<Link> parts) {
    node(RECORD);
    node((byte) (shape.isTuple() ? 1 : 0));
    TextForms.write(to, shape.title());
    count(shape.constants().size());
    for (RecordShape.Constant constant : shape.constants()) {
      TextForms.write(to, constant.key());
      TextForms.write(to, constant.label());
    }
    links(parts);
  }

  void variants(String key, List<Link> cases) {
    node(VARIANTS);
    TextForms.write(to, key);
    links(cases);
  }

  private void links(List<Link> links) {
    count(links.size());
    for (Link link : new ArrayList<>(links)) {
      TextForms.write(to, link.name);
      link(link.reader);
    }
  }

  private void link(TypeReader reader) {
    count(number(reader));
  }

  private void count(int count) {
    int at = to.reserve(4);
    to.buffer.putInt(at, count);
  }
}
