package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The elements inside a document's root, one after the other, each as a whole; the next one's bytes are counted from
 * nought. A DOCTYPE, an entity that is not one of XML's own five, and anything that is no XML end the document, and
 * nothing is ever fetched.
 */
final class PskcXml {

    private static final int MAX_DEPTH = 16;

    private final RowLimit rowLimit;
    private final XMLStreamReader reader;
    private final PskcElement root;

    PskcXml(InputStream body) {
        this.rowLimit = new RowLimit(body);
        try {
            this.reader = factory().createXMLStreamReader(rowLimit);
        } catch (XMLStreamException e) {
            throw malformed(e.getLocation());
        }
        this.root = start();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched.");
        });
        return factory;
    }

    /** The root, with its attributes and without what is in it. */
    PskcElement root() {
        return root;
    }

    /** The next element inside the root; null when there is none, and the document has ended well. */
    @Nullable
    PskcElement next() {
        rowLimit.nextRow();
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return element(1);
            } else if (event == XMLStreamConstants.END_DOCUMENT) {
                return null;
            }
        }
    }

    /** Where the document has been read to. */
    String place() {
        return place(reader.getLocation());
    }

    private PskcElement start() {
        while (event() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions; nothing in them is for us.
        }
        return new PskcElement(namespace(), reader.getLocalName(), attributes(), "", List.of());
    }

    private PskcElement element(int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid("The file is deeper than " + MAX_DEPTH + " levels" + place() + ".");
        }
        String namespace = namespace();
        String name = reader.getLocalName();
        Map<String, String> attributes = attributes();
        StringBuilder text = new StringBuilder();
        List<PskcElement> children = new ArrayList<>();
        int event = event();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(depth + 1));
            } else if (reader.isCharacters() || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
            event = event();
        }
        return new PskcElement(namespace, name, attributes, text.toString().strip(), children);
    }

    private int event() {
        try {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw invalid("The file has a DOCTYPE or an entity" + place() + "; neither is accepted.");
            }
            return event;
        } catch (XMLStreamException e) {
            throw malformed(e.getLocation());
        }
    }

    private String namespace() {
        String uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            String prefix = namespace == null || namespace.isEmpty() ? "" : "{" + namespace + "}";
            attributes.put(
                    prefix + reader.getAttributeLocalName(i),
                    reader.getAttributeValue(i).strip());
        }
        return attributes;
    }

    private static Problem.InvalidRequest malformed(@Nullable Location location) {
        return invalid("The file is not well-formed XML" + (location == null ? "" : place(location)) + ".");
    }

    private static String place(Location location) {
        return " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }

    static Problem.InvalidRequest invalid(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, null, message);
    }
}
