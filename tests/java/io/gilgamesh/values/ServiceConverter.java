package io.gilgamesh.values;

import io.gilgamesh.PythonConverter;

/** A converter that is found as a service. */
public final class ServiceConverter implements PythonConverter<ServiceConverter.Kelvin, String> {

  record Kelvin(int degrees) {}

  @Override
  public Class<Kelvin> type() {
    return Kelvin.class;
  }

  @Override
  public Class<String> form() {
    return String.class;
  }

  @Override
  public String toPython(Kelvin value) {
    return value.degrees() + " K";
  }

  @Override
  public Kelvin toJava(String form) {
    return new Kelvin(Integer.parseInt(form.replace(" K", "")));
  }
}
