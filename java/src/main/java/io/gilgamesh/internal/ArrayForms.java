package io.gilgamesh.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** bytes and array.array, copied in bulk; and the Java arrays that become a list or a str. */
final class ArrayForms {

  private ArrayForms() {}

  // ---- to Python

  static void write(Exchange to, Object array, int depth) {
    if (array instanceof byte[] bytes) {
      TextForms.writeBytes(to, Tag.BYTES, bytes);
    } else if (array instanceof double[] doubles) {
      body(to, 'd', doubles.length, Double.BYTES).asDoubleBuffer().put(doubles);
    } else if (array instanceof long[] longs) {
      body(to, 'q', longs.length, Long.BYTES).asLongBuffer().put(longs);
    } else if (array instanceof int[] ints) {
      body(to, 'i', ints.length, Integer.BYTES).asIntBuffer().put(ints);
    } else if (array instanceof float[] floats) {
      body(to, 'f', floats.length, Float.BYTES).asFloatBuffer().put(floats);
    } else if (array instanceof short[] shorts) {
      body(to, 'h', shorts.length, Short.BYTES).asShortBuffer().put(shorts);
    } else if (array instanceof Object[] objects) {
      CollectionForms.writeList(to, objects, objects, depth);
    } else if (array instanceof char[] chars) {
      TextForms.write(to, new String(chars));
    } else {
      writeBooleans(to, (boolean[]) array);
    }
  }

  /** Writes the head of an array and gives the place of its elements. */
  private static ByteBuffer body(Exchange to, char typecode, int count, int elementBytes) {
    long bytes = (long) count * elementBytes;
    int at = to.reserve(6 + bytes);
    to.buffer.put(at, Tag.ARRAY).put(at + 1, (byte) typecode).putInt(at + 2, count);
    return to.buffer.slice(at + 6, (int) bytes).order(ByteOrder.nativeOrder());
  }

  private static void writeBooleans(Exchange to, boolean[] booleans) {
    int at = to.reserve(5L + booleans.length);
    to.buffer.put(at, Tag.LIST).putInt(at + 1, booleans.length);
    for (int i = 0; i < booleans.length; i++) {
      to.buffer.put(at + 5 + i, booleans[i] ? Tag.TRUE : Tag.FALSE);
    }
  }

  // ---- from Python

  static byte[] readBytes(Reader from) {
    return from.readBytes(from.readCount(1));
  }

  static Object read(Reader from) {
    byte typecode = from.readByte();
    return switch (typecode) {
      case 'd' -> readDoubles(from);
      case 'q' -> readLongs(from);
      case 'i' -> readInts(from);
      case 'f' -> readFloats(from);
      case 'h' -> readShorts(from);
      default -> throw new IllegalStateException("broken reply: typecode " + (char) typecode);
    };
  }

  private static double[] readDoubles(Reader from) {
    double[] doubles = new double[from.readCount(Double.BYTES)];
    body(from, doubles.length, Double.BYTES).asDoubleBuffer().get(doubles);
    return doubles;
  }

  private static long[] readLongs(Reader from) {
    long[] longs = new long[from.readCount(Long.BYTES)];
    body(from, longs.length, Long.BYTES).asLongBuffer().get(longs);
    return longs;
  }

  private static int[] readInts(Reader from) {
    int[] ints = new int[from.readCount(Integer.BYTES)];
    body(from, ints.length, Integer.BYTES).asIntBuffer().get(ints);
    return ints;
  }

  private static float[] readFloats(Reader from) {
    float[] floats = new float[from.readCount(Float.BYTES)];
    body(from, floats.length, Float.BYTES).asFloatBuffer().get(floats);
    return floats;
  }

  private static short[] readShorts(Reader from) {
    short[] shorts = new short[from.readCount(Short.BYTES)];
    body(from, shorts.length, Short.BYTES).asShortBuffer().get(shorts);
    return shorts;
  }

  private static ByteBuffer body(Reader from, int count, int elementBytes) {
    int bytes = count * elementBytes;
    ByteBuffer body = from.buffer.slice(from.position, bytes).order(ByteOrder.nativeOrder());
    from.position += bytes;
    return body;
  }
}
