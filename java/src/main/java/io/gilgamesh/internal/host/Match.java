package io.gilgamesh.internal.host;

/** How well a value fits a parameter's type, from worst to best. */
enum Match {
  /** It does not. */
  NONE,
  /** By a conversion that makes something else of it; counts only where nothing else fits. */
  EXPLICIT,
  /** As one of its wider types, or as a narrower one that holds it. */
  IMPLICIT,
  /** As the type that is its own. */
  EXACT;

  Match worse(Match other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
