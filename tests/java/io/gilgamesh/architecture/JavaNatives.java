package io.gilgamesh.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The native methods of the built classes, and which methods call them, read from the class files.
 */
final class JavaNatives {

  /** A method by the internal name of its class, its name and its descriptor. */
  record Method(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner + "." + name + descriptor;
    }
  }

  /** That a method of a class calls another, or makes a method reference to it. */
  record Call(String caller, Method called) {
    @Override
    public String toString() {
      return caller + " calls " + called;
    }
  }

  private final Set<Method> natives = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();

  private JavaNatives() {}

  /** Reads all classes of the jar or folder that the given class was loaded from. */
  static JavaNatives ofPlaceOf(Class<?> type) {
    JavaNatives result = new JavaNatives();
    try {
      URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      result.readAll(Path.of(place));
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the built classes", e);
    }
    return result;
  }

  Set<Method> natives() {
    return natives;
  }

  List<Call> callsOfNatives() {
    return calls.stream().filter(call -> natives.contains(call.called())).toList();
  }

  private void readAll(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      try (var files = Files.walk(place)) {
        files.filter(file -> file.toString().endsWith(".class")).forEach(this::readFile);
      }
      return;
    }
    try (JarFile jar = new JarFile(place.toFile())) {
      for (var entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        read(jar.getInputStream(entry));
      }
    }
  }

  private void readFile(Path file) {
    try {
      read(Files.newInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(InputStream stream) throws IOException {
    try (stream) {
      new ClassReader(stream).accept(new ClassScan(), ClassReader.SKIP_DEBUG);
    }
  }

  private final class ClassScan extends ClassVisitor {
    private String owner = "";

    ClassScan() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      owner = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_NATIVE) != 0) {
        natives.add(new Method(owner, name, descriptor));
      }
      return new CallScan(owner);
    }
  }

  private final class CallScan extends MethodVisitor {
    private final String caller;

    CallScan(String caller) {
      super(Opcodes.ASM9);
      this.caller = caller;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      calls.add(new Call(caller, new Method(owner, name, descriptor)));
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          Method called = new Method(handle.getOwner(), handle.getName(), handle.getDesc());
          calls.add(new Call(caller, called));
        }
      }
    }
  }
}
