package org.oathbound.commandline.control;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A form with files (RFC 7578), in the order in which its parts were added. A file is read while it is sent. */
public final class MultipartBody {

    private final String boundary = "oathbound-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** Adds a field. */
    public MultipartBody field(String name, String value) {
        head(name, "");
        parts.add(text(value + "\r\n"));
        return this;
    }

    /** Adds a file; {@link NoSuchFileException} when there is none that can be read. */
    public MultipartBody file(String name, Path file) throws NoSuchFileException {
        // The name is for people; anything in it that a header would have to quote is not needed.
        String fileName = String.valueOf(file.getFileName()).replaceAll("[^0-9A-Za-z._-]", "_");
        head(name, "; filename=\"" + fileName + "\"\r\nContent-Type: application/octet-stream");
        parts.add(ofFile(file));
        parts.add(text("\r\n"));
        return this;
    }

    /** The form's media type, with its boundary. */
    public String mediaType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** The whole of it. */
    public BodyPublisher publisher() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    /** A file alone, without a form around it. */
    public static BodyPublisher ofFile(Path file) throws NoSuchFileException {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new NoSuchFileException(file.toString());
        }
    }

    private void head(String name, String more) {
        parts.add(text(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n"));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }
}
