"""As much of XML Schema as activity files need: elements in their order, how often, attributes required.

A second reader, Java's own, holds files against the whole schema where Java is at hand.
"""

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

FOLDER = Path(__file__).parent / "iati"
XSD = "{http://www.w3.org/2001/XMLSchema}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def read(content):
    """A document of our own making, or the schema that stands beside this file."""
    return fromstring(content)  # noqa: S314 -- as above


class Schema:
    """The elements, types and attributes that the schema's files define."""

    def __init__(self):
        self.elements, self.types, self.attributes = {}, {}, {}
        for file in ("iati-activities-schema.xsd", "iati-common.xsd"):
            for node in read((FOLDER / file).read_bytes()):
                kind = {"element": self.elements, "complexType": self.types, "attribute": self.attributes}
                kind.get(node.tag.removeprefix(XSD), {})[node.get("name")] = node

    def faults(self, element: Element) -> list[str]:
        """What is wrong with a document, in words."""
        if element.tag not in self.elements:
            return [f"no element {element.tag}"]
        return list(self._faults(element, self.elements[element.tag], element.tag))

    def _faults(self, element, definition, where):
        kind = definition.find(f"{XSD}complexType")
        if kind is None:
            kind = self.types.get(definition.get("type"))
        if kind is None:
            return
        yield from self._attributes(element, kind, where)
        sequence = kind.find(f"{XSD}sequence")
        if sequence is None:
            if len(element):
                yield f"{where}: holds elements and should not"
            return
        yield from self._children(list(element), sequence, where)

    def _attributes(self, element, kind, where):
        extended = kind.find(f"{XSD}simpleContent/{XSD}extension")
        listed = [*kind.findall(f"{XSD}attribute"), *(extended if extended is not None else ())]
        known = {
            self._name(node): node.get("use") == "required"
            for node in listed
            if node.tag == f"{XSD}attribute"
        }
        lacking = [name for name, must in known.items() if must and name not in element.attrib]
        yield from (f"{where}: lacks @{name}" for name in lacking)
        yield from (f"{where}: @{name} is unknown" for name in element.attrib if name not in known)

    def _children(self, children, sequence, where):
        for node in sequence.findall(f"{XSD}element"):
            name = self._name(node)
            found = 0
            while children and children[0].tag == name:
                child = children.pop(0)
                definition = self.elements[name] if node.get("ref") else node
                yield from self._faults(child, definition, f"{where}/{name}")
                found += 1
            most = node.get("maxOccurs", "1")
            if found < int(node.get("minOccurs", "1")):
                yield f"{where}: lacks {name}"
            if most != "unbounded" and found > int(most):
                yield f"{where}: {name} too often"
        if children:
            yield f"{where}: {children[0].tag} is not expected here"

    @staticmethod
    def _name(node):
        name = node.get("name") or node.get("ref")
        return name.replace("xml:", XML) if name.startswith("xml:") else name
