"""What the file says about itself: PDF/A-3a and PDF/UA-1 at once."""

from datetime import UTC, datetime

import pydyf
from weasyprint.pdf.metadata import DocumentMetadata

# PDF/A only allows properties of known schemas; a file that also claims PDF/UA must bring the
# description of that claim's schema along.
UNIVERSAL_ACCESS = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that this file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class TwofoldMetadata(DocumentMetadata):  # type: ignore[misc]  # the base class is untyped
    """Adds the claim of PDF/UA-1 to PDF/A's metadata, and keeps the whole readable as text."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        end = rdf.rindex(b"</rdf:RDF>")
        return rdf[:end] + UNIVERSAL_ACCESS + rdf[end:]

    def include_in_pdf(
        self,
        pdf: pydyf.PDF,
        variant: str,
        version: int,
        conformance: str,
        compress: bool,  # noqa: FBT001 - the base class's signature
    ) -> None:
        del compress  # archives and search engines read the metadata without decoding the file
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)


def twofold(metadata: DocumentMetadata, created: datetime) -> TwofoldMetadata:
    """The page's own metadata with both claims, and one fixed date for all of the file's dates."""
    values = dict(vars(metadata))
    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values.update(created=moment, modified=moment, attachments=[])
    return TwofoldMetadata(**values)
