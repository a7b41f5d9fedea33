package io.gilgamesh.values.properties;

import net.jqwik.api.Arbitrary;

/** The families of values, each with all that it has. */
enum Family {
  INTEGERS(Scalars.integers()),
  FLOATS(Scalars.floats()),
  TEXTS(Scalars.texts(60)),
  BYTES(Scalars.bytes(300)),
  ARRAYS(Containers.arrays(60)),
  TIMES(Times.all()),
  EXACT(Exact.all()),
  COLLECTIONS(Containers.collections());

  final Arbitrary<Sample> samples;

  Family(Arbitrary<Sample> samples) {
    this.samples = samples;
  }
}
