"""What is told unasked: to shoppers by approved templates too, to merchants by the ways that they chose."""
