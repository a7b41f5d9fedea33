package io.gilgamesh.values.properties;

/**
 * A value to be sent.
 *
 * @param java the value
 * @param back its natural form, in which it comes back
 * @param python a Python expression of the value, which owes nothing to the bridge
 */
record Sample(Object java, Object back, String python) {

  static Sample of(Object natural, String python) {
    return new Sample(natural, natural, python);
  }

  @Override
  public String toString() {
    return java == null ? "null" : java.getClass().getSimpleName() + " as " + python;
  }
}
