package org.oathbound.operations;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.oathbound.tls.Tls;
import org.oathbound.tls.TlsProvider;
import org.oathbound.tls.TlsSettings;

/**
 * What {@code java -jar oathbound.jar} runs: the commands for the host, when the first argument is no option, and Payara
 * Micro with its own options otherwise; {@code bin/oathbound} says by a system property that it is always a command. It stands in the jar beside Payara Micro, with
 * {@code org.oathbound.tls}, the rest in the WAR inside of it; so it uses the JDK only.
 */
public final class Launcher {

    private static final String WAR = "/MICRO-INF/deploy/ROOT.war";
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        boolean forPayara = arguments.length == 0 || arguments[0].startsWith("-");
        if (forPayara && !Boolean.getBoolean("oathbound.commands")) {
            main(Launcher.class.getClassLoader(), "fish.payara.micro.PayaraMicro", withHttps(arguments));
            return;
        }
        Path unpacked = Files.createTempDirectory("oathbound");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(unpacked)));
        try (InputStream war = Launcher.class.getResourceAsStream(WAR)) {
            if (war == null) {
                throw new IllegalStateException("There is no " + WAR + " in this jar.");
            }
            // Open until the process ends.
            main(new URLClassLoader(unpack(war, unpacked)), "org.oathbound.operations.HostCommands", arguments);
        }
    }

    /** Payara Micro opens the port; the certificate that it shows there comes from the PEM files. */
    private static String[] withHttps(String[] arguments) {
        try {
            List<String> all = new ArrayList<>(List.of(arguments));
            if (all.contains("--sslPort") || all.contains("--sslport")) {
                throw new IllegalStateException("The port of HTTPS is " + TlsSettings.HTTPS_PORT + ", not --sslPort.");
            }
            Optional<Integer> port = TlsSettings.httpsPort(TlsSettings::ofProcess);
            if (port.isPresent()) {
                Tls tls = TlsSettings.tls(TlsSettings::ofProcess, Clock.systemUTC())
                        .orElseThrow(() -> new IllegalStateException(TlsSettings.HTTPS_PORT + " needs "
                                + TlsSettings.CERTIFICATE + " and " + TlsSettings.KEY + "."));
                TlsProvider.install(tls.watched(Tls.LOOK_EVERY));
                all.addAll(List.of("--sslPort", port.get().toString()));
            }
            return all.toArray(String[]::new);
        } catch (IllegalStateException e) {
            System.err.println("Oathbound can't start. " + e.getMessage());
            System.exit(1);
            throw e;
        }
    }

    private static void main(ClassLoader loader, String type, String[] arguments) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class.forName(type, true, loader).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The libraries as they are, and the many classes as one more: a file for each would take most of the time. */
    private static URL[] unpack(InputStream war, Path folder) throws IOException {
        List<URL> places = new ArrayList<>();
        Path classes = folder.resolve("classes.jar");
        places.add(classes.toUri().toURL());
        try (ZipOutputStream jar = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(classes)))) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            ZipInputStream zip = new ZipInputStream(war);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.startsWith(CLASSES) && !entry.isDirectory()) {
                    jar.putNextEntry(new ZipEntry(name.substring(CLASSES.length())));
                    zip.transferTo(jar);
                } else if (name.startsWith(LIBRARIES) && !entry.isDirectory()) {
                    Path library = folder.resolve(Path.of(name).getFileName());
                    Files.copy(zip, library);
                    places.add(library.toUri().toURL());
                }
            }
        }
        return places.toArray(URL[]::new);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
