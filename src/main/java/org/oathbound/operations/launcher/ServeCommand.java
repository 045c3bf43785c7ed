package org.oathbound.operations.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.oathbound.tls.Tls;
import org.oathbound.tls.TlsProvider;
import org.oathbound.tls.TlsSettings;

/**
 * Runs Payara Micro with the application until a signal ends it. A start that fails ends the process with 1, and its last line
 * on the screen says why and what to do; SIGTERM and SIGINT end it with 0.
 */
final class ServeCommand {

    private static final String HTTP_ADDRESS = "OATHBOUND_HTTP_ADDRESS";
    private static final String HTTPS_ADDRESS = "OATHBOUND_HTTPS_ADDRESS";

    /** Opens the port of HTTPS when the application has started, as post-deploy-commands.asadmin does that of HTTP. */
    private static final String HTTPS_LATER = """
            set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.port=%d
            set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.enabled=true
            """;

    /** How the server starts its own services: several threads can wait for each other for ever there, in HK2's locks. */
    private static final String START_IN = "org.glassfish.startupThreadPolicy";

    private static final String ONE_THREAD = "USE_NO_THREADS";

    private final List<String> arguments;
    private final RuntimeFolder folder;
    private final AtomicBoolean isEnding = new AtomicBoolean();

    private ServeCommand(List<String> arguments, RuntimeFolder folder) {
        this.arguments = arguments;
        this.folder = folder;
    }

    static void run(String[] arguments) {
        RuntimeFolder folder = RuntimeFolder.below(Path.of(System.getProperty("java.io.tmpdir")));
        ServeCommand service = new ServeCommand(List.of(arguments), folder);
        try {
            service.start();
        } catch (IllegalStateException | IllegalArgumentException e) {
            service.fail(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            e.printStackTrace();
            service.fail("This was not expected: " + e);
        }
    }

    private void start() throws Exception {
        ConfigurationCheck.ofProcess().requireNoFailure(); // its warnings are the application's, which has a log
        Path logging = loggingProperties();
        int httpPort = port("--port", 8080);
        Optional<Integer> httpsPort = httpsPort();
        if (!has("--autobindhttp")) {
            requireFree(address(HTTP_ADDRESS, "127.0.0.1"), httpPort, "HTTP", "--port");
        }
        if (httpsPort.isPresent()) {
            requireFree(address(HTTPS_ADDRESS, "0.0.0.0"), httpsPort.get(), "HTTPS", "OATHBOUND_HTTPS_PORT");
        }
        System.setProperty("java.util.logging.config.file", logging.toString()); // the server may read it again
        System.setProperty(START_IN, ONE_THREAD);
        StartOutcome.expect();
        endWellBySignal();
        Launcher.main(
                ServeCommand.class.getClassLoader(), "fish.payara.micro.PayaraMicro", options(logging, httpsPort));
        StartOutcome.failure().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        Runnable whenPortsAreOpen = StartOutcome.whenPortsAreOpen()
                .orElseThrow(
                        () -> new IllegalStateException(Console.lastReason().orElseGet(ServeCommand::withoutReason)));
        Console.startIsOver();
        whenPortsAreOpen.run();
    }

    private static String withoutReason() {
        Console.startIsOver();
        return "The server did not take the application; start it with " + Console.SERVER_LOG + "=INFO to see why.";
    }

    private String[] options(Path logging, Optional<Integer> httpsPort) {
        List<String> all = new ArrayList<>(List.of("--nocluster", "--nohazelcast", "--disablephonehome"));
        all.addAll(List.of("--rootdir", folder.path().resolve("payara").toString()));
        if (!has("--logproperties")) {
            all.addAll(List.of("--logproperties", logging.toString()));
        }
        httpsPort.ifPresent(port -> all.addAll(List.of(
                "--postdeploycommandfile",
                write("https.asadmin", HTTPS_LATER.formatted(port)).toString())));
        all.addAll(arguments);
        return all.toArray(String[]::new);
    }

    private Path loggingProperties() {
        return write("logging.properties", """
                handlers=%s
                .level=%s
                org.oathbound.level=INFO
                """.formatted(
                        Console.class.getName(), Console.serverLevel().getName()));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.path().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of HTTPS; Payara Micro opens it, and the certificate that it shows there comes from the PEM files. */
    private Optional<Integer> httpsPort() {
        if (has("--sslport")) {
            throw new IllegalStateException("The port of HTTPS is " + TlsSettings.HTTPS_PORT + ", not --sslPort.");
        }
        Optional<Integer> port = TlsSettings.httpsPort(TlsSettings::ofProcess);
        if (port.isPresent()) {
            Tls tls = TlsSettings.tls(TlsSettings::ofProcess, Clock.systemUTC())
                    .orElseThrow(() -> new IllegalStateException(TlsSettings.HTTPS_PORT + " needs "
                            + TlsSettings.CERTIFICATE + " and " + TlsSettings.KEY + "."));
            TlsProvider.install(tls.watched(Tls.LOOK_EVERY));
        }
        return port;
    }

    private boolean has(String option) {
        return arguments.stream().anyMatch(option::equalsIgnoreCase);
    }

    private int port(String option, int otherwise) {
        for (int i = 0; i < arguments.size() - 1; i++) {
            if (arguments.get(i).equalsIgnoreCase(option)) {
                return TlsSettings.port(option, arguments.get(i + 1));
            }
        }
        return otherwise;
    }

    private static String address(String variable, String otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(Predicate.not(String::isEmpty))
                .orElse(otherwise);
    }

    private static void requireFree(String address, int port, String protocol, String setting) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server does: a port whose former connections are ending is free
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (BindException e) {
            throw new IllegalStateException(
                    "Port " + port + " for " + protocol + " can't be opened at " + address + " (" + e.getMessage()
                            + "). End what listens there, or name another port with " + setting + ".",
                    e);
        }
    }

    /** As a service manager expects it of a service that it has stopped; Java by itself ends with 128 + the signal. */
    private void endWellBySignal() throws ReflectiveOperationException {
        // By reflection: javac warns of these types, and the warning can't be turned off.
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler end = (proxy, method, parameters) -> {
            if (method.getName().equals("handle")) {
                Thread stopping = new Thread(this::stop, "oathbound-stop");
                stopping.setDaemon(false); // the JVM is to live until it has ended
                stopping.start();
            }
            return null;
        };
        Object handling = Proxy.newProxyInstance(ServeCommand.class.getClassLoader(), new Class<?>[] {handler}, end);
        for (String name : List.of("TERM", "INT")) {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        }
    }

    /** Stops the server, which waits for requests to end, and then the process. */
    private void stop() {
        if (isEnding.getAndSet(true)) {
            return;
        }
        Console.silenceServer();
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // the server writes there as it stops
        try {
            Class<?> payara = Class.forName("fish.payara.micro.boot.PayaraMicroLauncher");
            Object running = payara.getMethod("getBootClass").invoke(null);
            running.getClass().getMethod("shutdown").invoke(running);
        } catch (ReflectiveOperationException e) {
            // It was ended while it started.
        }
        end(0);
    }

    /** At once: what a part of a start has begun is made to be ended by a crash, and shutdown hooks would print more. */
    private void fail(String why) {
        if (!isEnding.getAndSet(true)) {
            Console.silenceServer();
            System.err.println(StartOutcome.cannotStart(why));
            end(1);
        }
    }

    private void end(int exitCode) {
        folder.delete();
        Runtime.getRuntime().halt(exitCode);
    }
}
