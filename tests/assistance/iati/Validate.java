import java.io.File;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

/** Holds a file against a schema, with the parser that Java brings along. */
class Validate {
    public static void main(String[] given) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(new File(given[0]))
            .newValidator()
            .validate(new StreamSource(new File(given[1])));
    }
}
