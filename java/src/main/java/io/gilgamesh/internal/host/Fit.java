package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a value fits a parameter.
 *
 * @param match how well
 * @param conversion what makes the parameter's object of it; null where the value is passed as it
 *     is
 * @param certainty for which other values the same holds
 */
record Fit(Match match, @Nullable Conversion conversion, Certainty certainty) {

  /** For which other values a fit is the same. */
  enum Certainty {
    /** For all that have the same key in {@link CallKey}. */
    BY_KEY,
    /** For this one. */
    BY_VALUE,
    /** For all of the class, as long as there is no other overload. */
    ALONE,
    /** For those whose conversion succeeds: among several overloads it is tried. */
    IF_CONVERTIBLE
  }

  static final Fit NONE = new Fit(Match.NONE, null, Certainty.BY_KEY);
  static final Fit EXACT = new Fit(Match.EXACT, null, Certainty.BY_KEY);
  static final Fit IMPLICIT = new Fit(Match.IMPLICIT, null, Certainty.BY_KEY);

  static Fit exact(Conversion conversion) {
    return new Fit(Match.EXACT, conversion, Certainty.BY_KEY);
  }

  static Fit implicit(Conversion conversion) {
    return new Fit(Match.IMPLICIT, conversion, Certainty.BY_KEY);
  }

  static Fit explicit(Conversion conversion) {
    return new Fit(Match.EXPLICIT, conversion, Certainty.BY_KEY);
  }

  /** Fits if the conversion succeeds. */
  static Fit ifConvertible(Conversion conversion) {
    return new Fit(Match.EXPLICIT, conversion, Certainty.IF_CONVERTIBLE);
  }

  Fit with(Certainty other) {
    return new Fit(match, conversion, other);
  }

  /** Whether the conversion has to be tried, and fails. */
  boolean isRefused(@Nullable Object value) {
    if (certainty != Certainty.IF_CONVERTIBLE || conversion == null || value == null) {
      return false;
    }
    // A conversion is the last use of a Python object, and this is none: it has a handle of its
    // own.
    PythonObject own = value instanceof PythonObject object ? object.keep() : null;
    try {
      conversion.of(own == null ? value : own);
      return false;
    } catch (RuntimeException e) {
      return true;
    } finally {
      if (own != null) {
        own.close();
      }
    }
  }
}
