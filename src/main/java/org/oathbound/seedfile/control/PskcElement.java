package org.oathbound.seedfile.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * One element of a PSKC file and all that is in it. It may hold secrets, and never shows itself.
 *
 * @param namespace empty for none
 * @param attributes those without a namespace by their names, others as {@code {namespace}name}
 * @param text what stands in it outside of its children, without white space around
 */
record PskcElement(
        String namespace, String name, Map<String, String> attributes, String text, List<PskcElement> children) {

    /** RFC 6030 section 4. */
    static final String PSKC = "urn:ietf:params:xml:ns:keyprov:pskc";

    /** XML Signature. */
    static final String SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";

    boolean is(String name) {
        return is(PSKC, name);
    }

    boolean is(String namespace, String name) {
        return this.namespace.equals(namespace) && this.name.equals(name);
    }

    @Nullable
    String attribute(String name) {
        return attributes.get(name);
    }

    /** Its only child of that name in PSKC's namespace. */
    @Nullable
    PskcElement child(String name) {
        return child(PSKC, name);
    }

    /** Of two, one could be what is checked and the other what is used: that is a fault. */
    @Nullable
    PskcElement child(String namespace, String name) {
        List<PskcElement> found =
                children.stream().filter(child -> child.is(namespace, name)).toList();
        if (found.size() > 1) {
            throw new Problem.InvalidData(
                    DetailCode.INVALID_VALUE, null, this.name + " has " + name + " twice; it may have one only.");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The text of the only child of that name; null when there is none, or nothing in it. */
    @Nullable
    String textOf(String name) {
        PskcElement child = child(name);
        return child == null || child.text.isEmpty() ? null : child.text;
    }

    /**
     * What is misspelt, or in no namespace, would be passed over and a default taken for it: that is a fault. What another
     * namespace brings is an extension.
     */
    void mayHave(Set<String> known) {
        boolean strange = children.stream()
                .anyMatch(child ->
                        child.namespace.isEmpty() || (child.namespace.equals(PSKC) && !known.contains(child.name)));
        if (strange) {
            throw new Problem.InvalidData(
                    DetailCode.INVALID_VALUE, null, name + " has an element that RFC 6030 does not know there.");
        }
    }

    @Override
    public String toString() {
        return "PskcElement[" + name + "]";
    }
}
