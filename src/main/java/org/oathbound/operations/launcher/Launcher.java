package org.oathbound.operations.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What {@code oathbound.jar} does: {@code serve}, or no command at all, runs the service ({@link ServeCommand}), with Payara Micro's
 * own options; {@code --help} and {@code --version} are of all commands; every other command runs on the host ({@code HostCommands}). This package and {@code org.oathbound.tls} stand
 * in the jar beside Payara Micro, the rest in the WAR inside of it; so they use the JDK only.
 */
public final class Launcher {

    private static final String SERVE = "serve";
    private static final Set<String> HELP = Set.of("--help", "-h");
    private static final Set<String> ABOUT_ALL = Set.of("--help", "-h", "--version", "-V");
    private static final String WAR = "/MICRO-INF/deploy/ROOT.war";
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String LIBRARIES = "WEB-INF/lib/";

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean serve = first.equals(SERVE);
        boolean isOption = first.isEmpty() || first.startsWith("-");
        boolean isQuestion =
                ABOUT_ALL.contains(first) || (serve && arguments.length > 1 && HELP.contains(arguments[1]));
        if (!isQuestion && (serve || (isOption && !Boolean.getBoolean("oathbound.commands")))) {
            ServeCommand.run(serve ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments);
        } else {
            runOnHost(arguments);
        }
    }

    private static void runOnHost(String[] arguments) throws Exception {
        RuntimeFolder unpacked = RuntimeFolder.below(Path.of(System.getProperty("java.io.tmpdir")));
        Runtime.getRuntime().addShutdownHook(new Thread(unpacked::delete));
        try (InputStream war = Launcher.class.getResourceAsStream(WAR)) {
            if (war == null) {
                throw new IllegalStateException("There is no " + WAR + " in this jar.");
            }
            // Open until the process ends.
            main(new URLClassLoader(unpack(war, unpacked.path())), "org.oathbound.operations.HostCommands", arguments);
        }
    }

    /** Runs the main method of a type. */
    static void main(ClassLoader loader, String type, String[] arguments) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class.forName(type, true, loader).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The libraries as they are, and the many classes as one more: a file for each would take most of the time. */
    private static URL[] unpack(InputStream war, Path folder) {
        List<URL> places = new ArrayList<>();
        Path classes = folder.resolve("classes.jar");
        try (ZipOutputStream jar = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(classes)))) {
            places.add(classes.toUri().toURL());
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places.toArray(URL[]::new);
    }
}
