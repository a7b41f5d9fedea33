package io.gilgamesh;

/**
 * A package that is installed in an environment.
 *
 * @param name as its makers write it, such as {@code PyYAML}
 * @param version such as {@code 6.0.2}
 */
public record PythonPackage(String name, String version) {

  /** In the form of a requirement, such as {@code PyYAML==6.0.2}. */
  @Override
  public String toString() {
    return name + "==" + version;
  }
}
