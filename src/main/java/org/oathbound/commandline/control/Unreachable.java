package org.oathbound.commandline.control;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.oathbound.commandline.entity.ExitCode;

/** Why a service gave no answer, in words: the JDK's are the names of classes, or nothing, or of its inside. */
final class Unreachable {

    private Unreachable() {}

    static Failure failure(URI uri, Throwable e) {
        List<Throwable> causes = Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        return new Failure(
                ExitCode.TRY_LATER,
                "The service at " + uri.resolve("/") + " can't be reached: " + why(uri, causes) + ".");
    }

    private static String why(URI uri, List<Throwable> causes) {
        if (has(causes, UnresolvedAddressException.class) || has(causes, UnknownHostException.class)) {
            return "there is no host " + uri.getHost();
        } else if (has(causes, HttpConnectTimeoutException.class)) {
            return "nothing answers at that address";
        } else if (has(causes, NoRouteToHostException.class)) {
            return "no network leads there";
        } else if (has(causes, ConnectException.class)) {
            return "nothing answers there";
        } else if (has(causes, HttpTimeoutException.class)) {
            return "it has taken too long to answer";
        }
        return tls(causes)
                .orElse(
                        uri.getScheme().equals("http")
                                ? "the connection broke before there was a whole answer; is it at https?"
                                : "the connection broke before there was a whole answer");
    }

    private static Optional<String> tls(List<Throwable> causes) {
        if (has(causes, CertificateExpiredException.class)) {
            return Optional.of("its certificate has ended");
        } else if (has(causes, CertificateNotYetValidException.class)) {
            return Optional.of("its certificate is not valid yet");
        } else if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
            return Optional.of("its certificate is by nobody who is trusted here; --cacert FILE names whose it is");
        } else if (has(causes, CertificateException.class)) {
            return Optional.of("its certificate is not for this host, or can't be trusted");
        } else if (has(causes, SSLException.class)) {
            return Optional.of("it does not speak TLS as this side does; is it at http?");
        }
        return Optional.empty();
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
