"""Drawing only: what is drawn comes ready made from the domain. The only place for pyqtgraph."""
