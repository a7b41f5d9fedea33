package io.gilgamesh.upcalls;

import java.util.function.IntBinaryOperator;

/** An enum each of whose constants has a class of its own. */
public enum Step implements IntBinaryOperator {
  ADD {
    @Override
    public int applyAsInt(int a, int b) {
      return a + b;
    }
  },
  TAKE {
    @Override
    public int applyAsInt(int a, int b) {
      return a - b;
    }
  };

  public Step next() {
    return values()[(ordinal() + 1) % 2];
  }

  public Object given(Object value) {
    return value;
  }
}
