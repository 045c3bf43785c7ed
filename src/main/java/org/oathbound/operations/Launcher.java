package org.oathbound.operations;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What {@code java -jar oathbound.jar} runs: the commands for the host, when the first argument is no option, and Payara
 * Micro with its own options otherwise; {@code bin/oathbound} says by a system property that it is always a command. It stands in the jar beside Payara Micro, the rest in the WAR inside of it; so it
 * uses the JDK only.
 */
public final class Launcher {

    private static final String WAR = "/MICRO-INF/deploy/ROOT.war";
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        boolean forPayara = arguments.length == 0 || arguments[0].startsWith("-");
        if (forPayara && !Boolean.getBoolean("oathbound.commands")) {
            main(Launcher.class.getClassLoader(), "fish.payara.micro.PayaraMicro", arguments);
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
