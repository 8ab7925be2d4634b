import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Prints for each file its name, whether it is PDF/UA-1, and the clauses it fails. */
public class VeraPdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var foundry = Foundries.defaultInstance();
    for (String file : files) {
      try (var parser = foundry.createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
        var told = foundry.createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
        System.out.print(file + "\t" + told.isCompliant());
        told.getFailedChecks().keySet().forEach(rule -> System.out.print("\t" + rule.getClause()));
        System.out.println();
      }
    }
  }
}
