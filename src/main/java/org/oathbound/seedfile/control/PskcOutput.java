package org.oathbound.seedfile.control;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of a PSKC file, written as they come; {@link UncheckedIOException} when they can't be. */
final class PskcOutput {

    /** What XML 1.0 has no way to write (section 2.2). */
    private static final Pattern NO_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;

    /** Begins the document, with the names that stand for namespaces. */
    PskcOutput(OutputStream out) {
        try {
            this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        } catch (XMLStreamException e) {
            throw failed(e);
        }
        write(() -> {
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("pskc:KeyContainer");
            xml.writeAttribute("Version", "1.0");
            xml.writeAttribute("xmlns:pskc", PskcElement.PSKC);
            xml.writeAttribute("xmlns:xenc", PskcCipher.XENC);
            xml.writeAttribute("xmlns:xenc11", PskcCipher.XENC11);
            xml.writeAttribute("xmlns:pkcs5", PskcDerivation.PKCS5);
            xml.writeAttribute("xmlns:ds", PskcElement.SIGNATURES);
        });
    }

    /**
     * One element, with its attributes.
     *
     * @param name with the name of its namespace, such as {@code pskc:Key}
     * @param content writes what is in it
     * @param attributes names and values in turn
     */
    void element(String name, Runnable content, String... attributes) {
        write(() -> {
            xml.writeStartElement(name);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], writable(attributes[i + 1]));
            }
        });
        content.run();
        write(xml::writeEndElement);
    }

    void empty(String name, String... attributes) {
        element(name, () -> {}, attributes);
    }

    void text(String name, String text) {
        element(name, () -> write(() -> xml.writeCharacters(writable(text))));
    }

    void base64(String name, byte[] bytes) {
        text(name, Base64.getEncoder().encodeToString(bytes));
    }

    void comment(String text) {
        // Two hyphens in a row would end it (XML 1.0 section 2.5).
        write(() -> xml.writeComment(" " + writable(text).replaceAll("-(?=-)", "- ") + " "));
    }

    void newLine() {
        write(() -> xml.writeCharacters("\n"));
    }

    void end() {
        write(() -> {
            xml.writeEndDocument();
            xml.flush();
        });
    }

    private static String writable(String text) {
        return NO_XML.matcher(text).replaceAll("\uFFFD");
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(XMLStreamException e) {
        return new UncheckedIOException(new IOException("The file can't be written.", e));
    }
}
