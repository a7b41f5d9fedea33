package io.gilgamesh.internal;

import io.gilgamesh.PythonSlice;
import org.jspecify.annotations.Nullable;

/** Slices: three bounds, each an int or None. */
final class SliceForms {

  private SliceForms() {}

  static void write(Exchange to, PythonSlice slice) {
    int at = to.reserve(1);
    to.buffer.put(at, Tag.SLICE);
    writeBound(to, slice.start());
    writeBound(to, slice.stop());
    writeBound(to, slice.step());
  }

  private static void writeBound(Exchange to, @Nullable Long bound) {
    if (bound == null) {
      ScalarForms.writeNull(to);
    } else {
      ScalarForms.writeLong(to, bound);
    }
  }

  static PythonSlice read(Reader from) {
    return new PythonSlice(readBound(from), readBound(from), readBound(from));
  }

  private static @Nullable Long readBound(Reader from) {
    return (Long) ValueDecoder.read(from);
  }
}
